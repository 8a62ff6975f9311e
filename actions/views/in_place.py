"""What the pages of an action answer in place: the pieces that changed, those of its twins and plans included."""

from django.template.loader import render_to_string
from django.utils import timezone

from actions.models import Action, Plan
from actions.tables.pieces import key_of, pieces_of
from core.pages.in_place import InPlace
from core.pages.page import link


class ActionInPlace(InPlace):
    """A page about an action, in a panel too."""

    in_place_template = "actions/action/in_place.html"

    def get_pieces(self, saved) -> dict[str, str]:
        found: dict[str, str] = {}
        for action in self.group:
            found |= pieces_of(action, user=self.request.user, back=self.back or link("actions:action", action.pk))
        return found | bands_of({action.finding.plan_id for action in self.group}, self.request.user)

    def get_more(self, saved) -> dict:
        return {"places": {key_of(action): action.status for action in self.group}}

    @property
    def group(self) -> list[Action]:
        """The action and the twins that the person sees, as they are now."""
        rows = Action.objects.visible_to(self.request.user).for_list()
        return list(rows.together_with(self.object))


def bands_of(plans: set[int], user) -> dict[str, str]:
    """How far the plans are, for the pages that show them."""
    rows = Plan.objects.visible_to(user).for_list(user, timezone.localdate()).filter(pk__in=plans).order_by("pk")
    return {f"plan-{plan.pk}": render_to_string("actions/plan/_band.html", {"plan": plan}) for plan in rows}
