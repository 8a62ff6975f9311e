"""What plans give to search."""

from django.urls import reverse

from actions.models import Action, Finding, Plan
from core.base.registries import Gesture
from core.pages.search import Found, Searched, give
from organisations.permissions import Permission


def _plan(plan: Plan) -> Found:
    return Found(plan.title, reverse("actions:plan", args=[plan.pk]), plan.site.name)


def _finding(finding: Finding) -> Found:
    plan = finding.plan
    return Found(finding.text, reverse("actions:finding", args=[finding.pk]), f"{plan.title}, {plan.site.name}")


def _action(action: Action) -> Found:
    told = (action.get_status_display(), action.deadline_text, action.finding.plan.site.name)
    return Found(action.title, reverse("actions:action", args=[action.pk]), ", ".join(filter(None, told)))


ACTIONS = Action.objects.select_related("finding__plan__site")
FINDINGS, PLANS = Finding.objects.select_related("plan__site"), Plan.objects.select_related("site")


def register() -> None:
    """Give actions, findings and plans."""
    give(
        Searched("actions", "action", "Actions", ACTIONS, ("text",), _action, position=10),
        Searched("findings", "constat", "Constats", FINDINGS, ("text",), _finding, position=20),
        Searched("plans", "plan", "Plans d’actions", PLANS, ("title",), _plan, position=25),
        Gesture("Ajouter un plan d’actions", "actions:plan-create", Permission.ACTION_EDIT, "créer ouvrir nouveau"),
    )
