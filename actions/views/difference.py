"""What changed in the plans of a site between two days: what came, what went, the old struck, the new marked."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property

from actions import as_of
from actions.as_of import Compared
from actions.as_of.comparing import ADDED, CHANGED, REMOVED, Difference
from actions.exports.composing import origin_words
from actions.forms.days import DaysForm
from actions.views.days import DaysPage, landmarks
from actions.views.sites import SiteHome
from organisations.permissions import Permission

FINDINGS_PER_PAGE = 25
TITLE = "Ce qui a changé"
# What is said of a plan, a finding, an action that came, went or changed: its words, then the level of its badge.
WORDS = {
    "plan": {ADDED: "Plan ouvert", REMOVED: "Plan supprimé", CHANGED: "Plan modifié"},
    "finding": {ADDED: "Constat ajouté", REMOVED: "Constat supprimé", CHANGED: "Constat modifié"},
    "action": {ADDED: "Action ajoutée", REMOVED: "Action supprimée", CHANGED: "Action modifiée"},
}
LEVELS = {ADDED: "success", REMOVED: "error", CHANGED: "info"}
DEADLINE, STATUS = "deadline", "status"


class DifferenceHome(SiteHome):
    """What changed at one's first site in a month."""

    permission = Permission.HISTORY_VIEW
    title = TITLE
    site_url_name = "actions:difference"


class DifferencePage(DaysPage):
    """Two days, what differs between them."""

    template_name = "actions/past/difference.html"
    site_url_name = "actions:difference"
    title = TITLE

    def get(self, request, **kwargs):
        if not self.form.is_valid():
            return self.render(form=self.form, landmarks=self.landmarks(), du=None, au=None)
        start, end = self.form.cleaned_data["du"], self.form.cleaned_data["au"]
        difference = as_of.difference(self.site, start, end, plan=self.plan_id)
        page = Paginator(rows_of(difference), FINDINGS_PER_PAGE).get_page(request.GET.get("page"))
        return self.render(
            form=self.form,
            landmarks=self.landmarks(),
            du=start,
            au=end,
            page=page,
            plans=grouped(page.object_list),
            tiles=tiles_of(difference),
            state_urls=[self.state_url(start), self.state_url(end)],
        )

    @cached_property
    def form(self) -> DaysForm:
        asked = {"du": (self.today - timedelta(days=30)).isoformat(), "au": self.today.isoformat()}
        return DaysForm(asked | {name: self.request.GET[name] for name in asked if name in self.request.GET})

    def landmarks(self) -> list[tuple[str, str]]:
        """Since days that have a name, until today."""
        named = [(f"Depuis la {label.lower()}", day) for label, day in landmarks(self.today, self.days)[1:]]
        if self.days and self.days[0].on < self.today:
            named.append(("Depuis le début", self.days[0].on - timedelta(days=1)))
        return [(label, self.query(du=day, au=self.today)) for label, day in named]

    def state_url(self, on: date) -> str:
        return f"{reverse('actions:as-of', args=[self.site.code])}{self.query(au=on)}"


def rows_of(difference: Difference) -> list[tuple[Compared, Compared | None]]:
    """Each finding that differs with its plan, and each plan that differs by itself only."""
    return [(plan, finding) for plan in difference.different_plans for finding in plan.different_children or (None,)]


def grouped(rows: list[tuple[Compared, Compared | None]]) -> list[dict]:
    """The plans of a page, each with its findings, in words."""
    plans: dict[int, dict] = {}
    for plan, finding in rows:
        shown = plans.setdefault(plan.item.id, shown_item("plan", plan) | {"about": origin_words(plan.item)})
        if finding is not None:
            shown["findings"].append(shown_finding(finding))
    return list(plans.values())


def shown_finding(finding: Compared) -> dict:
    actions = [shown_item("action", action) for action in finding.different_children]
    return shown_item("finding", finding) | {"actions": actions}


def shown_item(kind: str, compared: Compared) -> dict:
    """What came, went or changed, as the template takes it."""
    return {
        "item": compared.item,
        "badge": WORDS[kind].get(compared.kind, ""),
        "level": LEVELS.get(compared.kind, ""),
        "is_added": compared.kind == ADDED,
        "is_removed": compared.kind == REMOVED,
        "changes": compared.changes,
        "findings": [],
    }


def tiles_of(difference: Difference) -> list[dict]:
    """How many actions came, went, changed; how many deadlines moved and statuses changed."""
    actions = [action for plan in difference.plans for finding in plan.children for action in finding.children]
    moved, turned = (sum(action.change_of(name) is not None for action in actions) for name in (DEADLINE, STATUS))
    figures = (
        ("Actions ajoutées", difference.count(ADDED)),
        ("Actions supprimées", difference.count(REMOVED)),
        ("Actions modifiées", difference.count(CHANGED)),
        ("dont changements d’échéance", moved),
        ("dont changements de statut", turned),
    )
    return [{"label": label, "value": value, "detail": "", "url": ""} for label, value in figures]
