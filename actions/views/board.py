"""The actions by status, as cards in columns."""

from django.db.models import Count
from django.views import View

from actions.enums import PENDING, SETTLED, Status
from actions.filters import ActionFilter
from actions.models import Action
from actions.views.actions import ActionTabs
from actions.views.scope import VIEW
from core.pages import Page
from core.pages.access import Scoped
from core.pages.page import link

SHOWN = 10


class FilteredActions(ActionTabs, Scoped, Page, View):
    """A page over the actions that the filters of the list keep."""

    permission = VIEW
    queryset = Action.objects.all()

    def filtered(self):
        """(the filters, the actions they keep)."""
        filterset = ActionFilter(self.request.GET or None, queryset=self.visible(), request=self.request)
        rows = filterset.qs if not filterset.is_bound or filterset.is_valid() else filterset.queryset.none()
        return filterset, rows


class BoardPage(FilteredActions):
    """A column per status, the first cards of each, what is settled folded; the list has them all."""

    template_name = "actions/action/board.html"
    title = "Actions par statut"
    tab = "actions:board"

    def get(self, request):
        filterset, rows = self.filtered()
        counts = dict(rows.order_by().values_list("status").annotate(number=Count("pk")))
        cards: dict[str, list] = {status: [] for status in Status.values}
        for action in Action.objects.for_list().filter(pk__in=self.first_keys(rows)).pending_first():
            cards[action.status].append(action)
        columns = [self.column(status, cards[status], counts.get(status, 0)) for status in (*PENDING, *SETTLED)]
        return self.render(
            filter=filterset,
            is_filtered=filterset.is_active,
            reset_url=request.path,
            columns=columns,
            count=sum(counts.values()),
        )

    @staticmethod
    def first_keys(rows) -> list[int]:
        return list(rows.first_of_each_status(SHOWN).values_list("pk", flat=True))

    def column(self, status: Status, cards: list, count: int) -> dict:
        query = self.request.GET.copy()
        query["status"] = status.value
        more = f"{link('actions:actions')}?{query.urlencode()}" if count > len(cards) else ""
        return {
            "status": status,
            "is_settled": status in SETTLED,
            "cards": cards,
            "count": count,
            "more_url": more,
            "more": count - len(cards),
        }
