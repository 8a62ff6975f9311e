"""The table of the plans."""

from actions.models import Plan
from core.tables import Column, FigureColumn, LinkColumn, Table

LONG = {"td": {"class": "qp-wrap"}}
SHORT = {"td": {"class": "qp-wrap qp-wrap--short"}}


class PlanTable(Table):
    """A plan a row; the counts come from `Plan.objects.for_list`."""

    title = LinkColumn(url_name="actions:plan", attrs=LONG)
    origin = Column(attrs=SHORT)
    site = Column(attrs=SHORT)
    origin_on = Column(verbose_name="Date")
    actions = FigureColumn(accessor="action_count", verbose_name="Actions")
    settled = FigureColumn(accessor="settled_count", verbose_name="Soldées")
    overdue = FigureColumn(accessor="overdue_count", verbose_name="En retard")
    updated_on = Column(verbose_name="màj")

    class Meta(Table.Meta):
        model = Plan
        fields = ("title", "origin", "origin_on", "updated_on", "actions", "settled", "overdue", "site")
        attrs = {"caption": "Plans d’actions"}
