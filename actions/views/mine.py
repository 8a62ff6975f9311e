"""« Mes actions »: what is asked of the person and of the person's services, on a phone first."""

from datetime import timedelta

from django.utils import timezone
from django.views import View

from actions.enums import SETTLED
from actions.models import Action
from actions.services.rights import reported_units
from actions.views.scope import EDIT, REPORT
from core.pages import Page, PermissionRequired

SOON = timedelta(days=15)
SETTLED_FOR = timedelta(days=60)
MOST_SETTLED = 10


class MinePage(PermissionRequired, Page, View):
    """Late first, then what falls due soon, the rest, and what was settled lately."""

    permission = REPORT
    title = "Mes actions"
    template_name = "actions/action/mine.html"

    def get(self, request):
        today = timezone.localdate()
        rows = own_actions(request.user).for_list()
        pending = once(rows.pending().by_deadline())
        settled = rows.filter(status__in=SETTLED, done_on__gte=today - SETTLED_FOR).order_by("-done_on", "pk")
        return self.render(
            groups=_groups(pending, today),
            count=len(pending),
            settled=list(settled[:MOST_SETTLED]),
            is_steering=request.user.can(EDIT),
        )


def own_actions(user):
    """What is asked of the person by name, or of the services the person reports for."""
    return Action.objects.visible_to(user).assigned_to(user, reported_units(user))


def once(actions) -> list[Action]:
    """Of twins, which share one status, the first alone."""
    first: dict[int, Action] = {}
    for action in actions:
        first.setdefault(action.merged_into_id or action.pk, action)
    return list(first.values())


def _groups(pending: list[Action], today) -> list[tuple[str, list[Action]]]:
    late, soon, later, unknown = [], [], [], []
    for action in pending:
        latest = action.deadline_latest
        if latest is None:
            unknown.append(action)
        elif latest < today:
            late.append(action)
        else:
            (soon if latest <= today + SOON else later).append(action)
    named = (("En retard", late), ("Dans les quinze jours", soon), ("Plus tard", later), ("Sans jour fixé", unknown))
    return [(title, actions) for title, actions in named if actions]
