"""What the pages about a plan, a finding and an action share: who may open them, and the way to them."""

from actions.models import Action, Finding, Plan
from core.pages.page import link
from core.pages.section import Parent
from core.record.history import related
from organisations.permissions import Permission

PLANS = ("Plans d’actions", "actions:plans")
VIEW, EDIT, REPORT = Permission.ACTION_VIEW, Permission.ACTION_EDIT, Permission.ACTION_REPORT


class OnPlan:
    """A page about a plan. Who answers for one of its actions reads it too, with what is theirs."""

    queryset = Plan.objects.select_related("site", "referential")
    detail_url_name = "actions:plan"
    history_url_name = "actions:plan-history"
    crumb = ""

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return trail(self, self.object)

    def get_tabs(self) -> list[tuple[str, str, bool]]:
        """With the plan as it stood on any day, where it is printed too, for those who read its history."""
        tabs = super().get_tabs()
        past = f"{link('actions:as-of', self.object.site.code)}?plan={self.object.pk}"
        return [*tabs, ("État à une date, impression", past, False)] if tabs else []


class OnFinding:
    """A page about a finding."""

    queryset = Finding.objects.select_related("plan__site", "plan__referential", "module__referential")
    detail_url_name = "actions:finding"
    history_url_name = "actions:finding-history"
    crumb = ""

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return trail(self, related(self.object, "plan"), finding_step(self.object))


class OnAction:
    """A page about an action: the référent of its site changes it, those who answer for it report on it."""

    queryset = Action.objects.for_list()
    detail_url_name = "actions:action"
    history_url_name = "actions:action-history"
    crumb = ""

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        finding = related(self.object, "finding")
        here = (short(self.object.text) or "Action", link("actions:action", self.object.pk))
        return trail(self, related(finding, "plan"), finding_step(finding), here)


def trail(page, plan: Plan, *steps: tuple[str, str]) -> list[tuple[str, str]]:
    """Plans → the plan → finding → action → this page, which comes last without a link."""
    way = [(PLANS[0], link(PLANS[1])), (short(plan.title), link("actions:plan", plan.pk)), *steps]
    way = [(label, url) for label, url in way if url != page.request.path]
    return [*way, (page.crumb or short(page.get_title()), "")]


def finding_step(finding: Finding) -> tuple[str, str]:
    return f"Constat {finding.number}", link("actions:finding", finding.pk)


def short(text: str, length: int = 60) -> str:
    """The beginning of a long text, for a breadcrumb or a window title."""
    words = " ".join(text.split())
    return words if len(words) <= length else f"{words[: length - 1].rstrip()}…"


def way_to(action: Action) -> list[tuple[str, str]]:
    """The steps to an action."""
    finding = related(action, "finding")
    plan = related(finding, "plan")
    return [PLANS, (short(plan.title), link("actions:plan", plan.pk)), finding_step(finding)]


OF_ACTION = Parent("action", OnAction.queryset, "actions:action", way=way_to, label=lambda action: short(action.title))
