"""What the plans themselves add to the page of an action."""

from django.urls import reverse

from actions.models import Action
from actions.registries import Panel, action_panels
from core.registries import CardContent, CardRow
from organisations.permissions import Permission


def twins(request, action: Action) -> CardContent | None:
    """For those who run the plan: the same action in another plan, and the way out of a group."""
    if not request.user.can(Permission.ACTION_EDIT, action.finding.plan.site_id):
        return None
    rows = [CardRow("Chercher une action jumelle", reverse("actions:twin-search", args=[action.pk]))]
    if action.merged_into_id:
        rows.append(CardRow("Séparer cette action de ses jumelles", reverse("actions:twin-separate", args=[action.pk])))
    return CardContent(rows=rows)


def register() -> None:
    """Register the panels."""
    action_panels.register(Panel("twins", "La même action ailleurs ?", twins, 200, Permission.ACTION_EDIT))
