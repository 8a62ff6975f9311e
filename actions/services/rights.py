"""Whose actions a person reports on, and whose plans they run."""

from organisations.models import Unit
from organisations.permissions import Permission, roles_with

EDIT = Permission.ACTION_EDIT
# Those who report on actions without running the plan: what is assigned to their services is assigned to them.
REPORTERS = [role for role in roles_with(Permission.ACTION_REPORT) if role not in roles_with(EDIT)]


def reported_units(user) -> set[int]:
    """The units whose actions are the person's own: those of the roles that report, and all below."""
    return user.access.units_as(REPORTERS)


def editable_sites(user):
    """The sites whose plans the person runs."""
    return Unit.objects.sites().filter(pk__in=user.access.units_with(EDIT)).order_by("position", "pk")
