"""The « Historique » tab of a plan, a finding and an action: who changed what, when, why, with both dates."""

from collections.abc import Callable

from django.core.paginator import Paginator

from actions.models import Action, Finding
from actions.views import journal
from actions.views.journal import Journal
from actions.views.scope import OnAction, OnFinding, OnPlan, short
from core.pages import HistoryPage
from organisations.permissions import Permission


class JournalPage(HistoryPage):
    """A history page over several models: the object and what hangs on it."""

    permission = Permission.HISTORY_VIEW
    journal_of: Callable[[int], Journal]

    def get(self, request, *args, **kwargs):
        events = type(self).journal_of(self.object.pk)
        page = Paginator(events.keys(), self.per_page).get_page(request.GET.get("page"))
        return self.render(page=page, timeline=events.entries(page.object_list))

    def get_title(self) -> str:
        return f"Historique – {short(self.get_name())}"

    def get_name(self) -> str:
        return str(self.object)


class PlanHistory(OnPlan, JournalPage):
    journal_of = staticmethod(journal.of_plan)


class FindingHistory(OnFinding, JournalPage):
    journal_of = staticmethod(journal.of_finding)

    def get_name(self) -> str:
        return journal.names_of(Finding, {self.object.pk})[self.object.pk]


class ActionHistory(OnAction, JournalPage):
    journal_of = staticmethod(journal.of_action)

    def get_name(self) -> str:
        return journal.names_of(Action, {self.object.pk})[self.object.pk]
