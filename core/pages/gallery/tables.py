"""A list of the gallery."""

from decimal import Decimal

from core.pages.states import badge_html
from core.pages.tables import Column, FigureColumn, Table


class StateColumn(Column):
    """The badge of a state, as any list may show it."""

    def render(self, value):
        return badge_html(value)


class IndicatorTable(Table):
    """A list as every list page shows it: sortable heads, figures on the right."""

    label = Column("Indicateur")
    service = Column("Service")
    rate = FigureColumn(accessor="rate", measure="rate", verbose_name="Taux")
    cases = FigureColumn(accessor="cases", verbose_name="Dossiers")
    state = StateColumn("État", orderable=False)

    class Meta(Table.Meta):
        caption = "Indicateurs du mois d’octobre 2026"


_ROWS = [
    ("Taux d’appels aboutis (standard)", "Standard", ".987", 1242, "reached"),
    ("Courriels répondus en 5 jours ouvrés", "Accueil général", ".913", 312, "missed"),
    ("Courriers répondus dans le délai", "Accueil général", None, 0, "no_case"),
    ("Réclamations électroniques", "Démarche qualité", None, None, "to_enter"),
    ("Satisfaction au point numérique", "Point numérique", ".875", 64, "reached"),
    ("Rendez-vous fixé sous 4 jours", "Collectivités", "1", 9, "reached"),
    ("Mise à jour du site en 3 jours", "Communication", None, None, "late"),
]
ROWS = [
    {"label": label, "service": service, "rate": rate and Decimal(rate), "cases": cases, "state": state}
    for label, service, rate, cases, state in _ROWS
]
