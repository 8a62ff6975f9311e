"""Where a person's rights on an action are looked for: the site of its plan, else what makes the action theirs."""

from actions.models import Action
from organisations.models import Unit
from organisations.permissions import Permission, roles_with

EDIT = Permission.ACTION_EDIT
# Those who report on actions without running the plan: what is assigned to their services is assigned to them.
REPORTERS = [role for role in roles_with(Permission.ACTION_REPORT) if role not in roles_with(EDIT)]


def unit_of(user, action: Action, permission: Permission) -> int | None:
    """The unit on which the permission must be held; None where holding it anywhere is enough.

    The plan is changed by those who hold its site. What else one may do to an action, one may do to one's own: the
    action of a unit where one holds the permission, or of oneself.
    """
    site_id = action.finding.plan.site_id
    if permission == EDIT or user.can(permission, site_id):
        return site_id
    responsibles = list(action.responsibles.all())
    if any(row.user_id == user.pk for row in responsibles):
        return None
    own = user.access.units_with(permission)
    return next((row.unit_id for row in responsibles if row.unit_id in own), site_id)


def may(user, permission: Permission, action: Action) -> bool:
    return user.can(permission, unit_of(user, action, permission))


def reported_units(user) -> set[int]:
    """The units whose actions are the person's own: those of the roles that report, and all below."""
    rows = user.memberships.in_force(user.access.on).filter(role__in=REPORTERS)
    below = Unit.objects.ids_below_each(rows.values_list("unit_id", flat=True))
    return set().union(*below.values())


def editable_sites(user):
    """The sites whose plans the person runs."""
    return Unit.objects.sites().filter(pk__in=user.access.units_with(EDIT)).order_by("position", "pk")
