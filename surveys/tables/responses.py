"""Table of the forms received."""

from core.pages.states import badge_html
from core.pages.tables import Column, LinkColumn, Table
from surveys.models import Response

LONG = {"td": {"class": "qp-wrap"}}
SHORT = {"td": {"class": "qp-wrap qp-wrap--short"}}


class ResponseTable(Table):
    """A form a row: when, how, where, whether it counts. Its answers are on its own page."""

    received_at = LinkColumn(url_name="surveys:response", verbose_name="Reçu le")
    answered_on = Column(verbose_name="Rempli le")
    channel = Column()
    place = Column(attrs=SHORT)
    number = Column(verbose_name="N°")
    entered_by = Column(attrs=SHORT, verbose_name="Saisi par")
    withdrawn_at = Column(verbose_name="Résultats", empty_values=(), reads=("withdrawn_at",))
    withdrawn_reason = Column(attrs=LONG)

    class Meta(Table.Meta):
        model = Response
        fields = (
            "received_at",
            "answered_on",
            "channel",
            "place",
            "number",
            "entered_by",
            "withdrawn_at",
            "withdrawn_reason",
        )
        attrs = {"caption": "Formulaires reçus"}

    def render_withdrawn_at(self, value):
        return badge_html("inactive", "Écarté") if value else "Compte"

    def value_withdrawn_at(self, withdrawn_at):
        return "Écarté" if withdrawn_at else "Compte"
