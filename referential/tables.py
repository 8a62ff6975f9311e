"""Tables of the referentials."""

from django.urls import reverse
from django.utils.html import format_html

from core.pages.tables import Column, FigureColumn, LinkColumn, Table
from referential.models import Correspondence, Perimeter, Referential

WRAPPED = {"td": {"class": "qp-wrap"}}


class ReferentialTable(Table):
    """Versions, with what remains to be completed."""

    name = LinkColumn(url_name="referential:referential", key="code")
    in_force_from = Column()
    in_force_until = Column()
    module_count = FigureColumn(verbose_name="Modules", accessor="module_count")
    engagement_count = FigureColumn(verbose_name="Engagements", accessor="engagement_count")
    to_complete_count = FigureColumn(verbose_name="Intitulés à compléter", accessor="to_complete_count")

    class Meta(Table.Meta):
        model = Referential
        fields = (
            "name",
            "in_force_from",
            "in_force_until",
            "module_count",
            "engagement_count",
            "to_complete_count",
        )
        attrs = {"caption": "Versions"}


class CorrespondenceTable(Table):
    """Which engagement takes up which; the last column only for those who may take one back."""

    old_referential = Column(accessor="old__module__referential", verbose_name="Ancien référentiel", orderable=False)
    old = LinkColumn(url_name="referential:engagement", key="old_id", orderable=False, attrs=WRAPPED)
    new_referential = Column(accessor="new__module__referential", verbose_name="Nouveau référentiel", orderable=False)
    new = LinkColumn(url_name="referential:engagement", key="new_id", orderable=False, attrs=WRAPPED)
    note = Column(orderable=False, attrs=WRAPPED)
    remove = Column(accessor="pk", verbose_name="Actions", orderable=False, is_exported=False)

    class Meta(Table.Meta):
        model = Correspondence
        fields = ("old_referential", "old", "new_referential", "new", "note", "remove")
        attrs = {"caption": "Correspondances"}

    def render_remove(self, record):
        url = reverse("referential:correspondence-remove", args=[record.pk])
        return format_html('<a class="fr-link" href="{}">Retirer</a>', url)


class PerimeterTable(Table):
    """Modules retained by sites."""

    module = LinkColumn(url_name="referential:perimeter", key="pk")
    site = Column()
    referential = Column(accessor="module__referential", verbose_name="Référentiel")
    valid_from = Column()
    valid_until = Column()

    class Meta(Table.Meta):
        model = Perimeter
        fields = ("site", "referential", "module", "valid_from", "valid_until")
        attrs = {"caption": "Modules retenus"}
