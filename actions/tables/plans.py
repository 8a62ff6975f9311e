"""The table of the plans."""

from actions.models import Plan
from actions.tables.actions import labelled
from core.pages.tables import NUMBER_CLASS, Column, FigureColumn, LinkColumn, Table

LONG = {"td": {"class": "qp-wrap qp-stack__head"}}


def counted(label: str) -> dict:
    return {"th": {"class": NUMBER_CLASS}, "td": {"class": NUMBER_CLASS, "data-label": label}}


class PlanTable(Table):
    """A plan a row; the counts come from `Plan.objects.for_list`."""

    title = LinkColumn(url_name="actions:plan", attrs=LONG)
    origin = Column(attrs=labelled("Origine"))
    site = Column(attrs=labelled("Site"))
    origin_on = Column(verbose_name="Date", attrs={"td": {"data-label": "Date"}})
    actions = FigureColumn(accessor="action_count", verbose_name="Actions", attrs=counted("Actions"))
    settled = FigureColumn(accessor="settled_count", verbose_name="Soldées", attrs=counted("Soldées"))
    overdue = FigureColumn(accessor="overdue_count", verbose_name="En retard", attrs=counted("En retard"))
    updated_on = Column(verbose_name="màj", attrs={"td": {"data-label": "màj"}})

    class Meta(Table.Meta):
        model = Plan
        fields = ("title", "origin", "origin_on", "updated_on", "actions", "settled", "overdue", "site")
        attrs = {"caption": "Plans d’actions"}
