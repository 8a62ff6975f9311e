"""What the pages about a plan, a finding and an action share: who may open them, and the way to them."""

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Model

from actions.models import Action, Finding, Plan
from actions.services import rights
from core.pages.page import link
from organisations.permissions import Permission

PLANS = ("Plans d’actions", "actions:plans")
VIEW, EDIT, REPORT = Permission.ACTION_VIEW, Permission.ACTION_EDIT, Permission.ACTION_REPORT


class OnPlan:
    """A page about a plan. Who answers for one of its actions reads it too, with what is theirs."""

    queryset = Plan.objects.select_related("site", "referential")
    detail_url_name = "actions:plan"
    history_url_name = "actions:plan-history"
    crumb = ""

    def unit_id_of(self, obj: Plan) -> int | None:
        return None if self.permission == VIEW else obj.site_id

    def allows(self, permission: str) -> bool:
        return not permission or self.request.user.can(permission, self.object.site_id)

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

    def unit_id_of(self, obj: Finding) -> int | None:
        return None if self.permission == VIEW else lead(obj, "plan").site_id

    def allows(self, permission: str) -> bool:
        return not permission or self.request.user.can(permission, lead(self.object, "plan").site_id)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return trail(self, lead(self.object, "plan"), finding_step(self.object))


class OnAction:
    """A page about an action: the référent of its site changes it, those who answer for it report on it."""

    queryset = Action.objects.for_list()
    detail_url_name = "actions:action"
    history_url_name = "actions:action-history"
    crumb = ""

    def unit_id_of(self, obj: Action) -> int | None:
        lead(lead(obj, "finding"), "plan")
        return rights.unit_of(self.request.user, obj, self.permission)

    def allows(self, permission: str) -> bool:
        return not permission or self.request.user.can(
            permission, rights.unit_of(self.request.user, self.object, permission)
        )

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        finding = lead(self.object, "finding")
        here = (short(self.object.text) or "Action", link("actions:action", self.object.pk))
        return trail(self, lead(finding, "plan"), finding_step(finding), here)


def lead(obj: Model, name: str):
    """What a relation leads to; once deleted, as its last history row left it."""
    try:
        return getattr(obj, name)
    except ObjectDoesNotExist:
        field = obj._meta.get_field(name)
        rows = field.related_model.history.filter(id=getattr(obj, field.attname))
        setattr(obj, name, rows.order_by("-history_date", "-history_id").first().instance)
        return getattr(obj, name)


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
