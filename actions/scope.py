"""Who sees a plan, a finding, an action, and who acts on it: those of its site, and those who answer for an action."""

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from organisations.permissions import Permission
from organisations.scope import Own

VIEW, EDIT = Permission.ACTION_VIEW, Permission.ACTION_EDIT


def answered_for(user: Any, *, action: str = "pk") -> Q:
    """The rows whose action (the path to its key) the person, or a unit where the person reads actions, answers for."""
    if not user.can(VIEW):
        return Q(pk__in=())
    named = Q(user=user) | Q(unit_id__among=user.access.units_with(VIEW))
    responsibles = apps.get_model("actions", "ActionResponsible")._default_manager.filter(named)
    return Q(Exists(responsibles.filter(action=OuterRef(action))))


def answers_for(user: Any, permission: Permission, action: Any) -> bool:
    """Whether the person is named on the action, or holds the permission on a unit that is.

    What one may do to an action, one may do to one's own; the plan is changed by those who hold its site.
    """
    if permission == EDIT:
        return False
    own = user.access.units_with(permission)
    return any(row.user_id == user.pk or row.unit_id in own for row in action.responsibles.all())


def read_with(path: str) -> Own:
    """Plans and findings are read by those who answer for one of their actions, with what is theirs."""

    def rows(user: Any) -> Q:
        if not user.can(VIEW):
            return Q(pk__in=())
        actions = apps.get_model("actions", "Action")._base_manager.filter(answered_for(user))
        return Q(Exists(actions.filter(**{path: OuterRef("pk")})))

    return Own(rows, lets=lambda user, permission, row: permission == VIEW)


ANSWERED = Own(answered_for, lets=answers_for)
