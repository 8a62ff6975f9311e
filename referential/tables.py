"""Tables of the referentials."""

from core.tables import Column, FigureColumn, LinkColumn, Table
from referential.models import Correspondence, Perimeter, Referential


class ReferentialTable(Table):
    """Versions, with what remains to be completed."""

    name = LinkColumn(url_name="referential:referential", key="code")
    module_count = FigureColumn(verbose_name="Modules", accessor="module_count")
    engagement_count = FigureColumn(verbose_name="Engagements", accessor="engagement_count")
    to_complete_count = FigureColumn(verbose_name="Intitulés à compléter", accessor="to_complete_count")

    class Meta(Table.Meta):
        model = Referential
        fields = (
            "name", "in_force_from", "in_force_until", "module_count", "engagement_count", "to_complete_count",
        )  # fmt: skip
        attrs = {"caption": "Versions des référentiels"}


class CorrespondenceTable(Table):
    """Which engagement takes up which."""

    old_referential = Column(accessor="old__module__referential", verbose_name="Ancien référentiel", orderable=False)
    old = Column(verbose_name="Ancien engagement", orderable=False)
    new_referential = Column(accessor="new__module__referential", verbose_name="Nouveau référentiel", orderable=False)
    new = LinkColumn(url_name="referential:engagement", key="new_id", verbose_name="Nouvel engagement", orderable=False)
    note = Column(orderable=False)

    class Meta(Table.Meta):
        model = Correspondence
        fields = ("old_referential", "old", "new_referential", "new", "note")
        attrs = {"caption": "Correspondance entre les versions"}


class PerimeterTable(Table):
    """Modules retained by sites."""

    module = LinkColumn(url_name="referential:perimeter", key="pk")
    referential = Column(accessor="module__referential", verbose_name="Référentiel")

    class Meta(Table.Meta):
        model = Perimeter
        fields = ("site", "referential", "module", "valid_from", "valid_until")
        attrs = {"caption": "Modules retenus par les sites"}
