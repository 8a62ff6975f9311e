"""Who sees and changes what is followed: nobody changes figures of a site they do not answer for (docs/adr/0007)."""

from typing import Any

from django.apps import apps
from django.db.models import Q

from organisations.permissions import Permission
from organisations.scope import Own, holds_a_root

VIEW, EDIT = Permission.INDICATOR_VIEW, Permission.INDICATOR_EDIT


def decides(user: Any, indicator: Any) -> bool:
    """Whether the person changes an indicator for all who follow it: its owner, or every site of a common one."""
    if indicator.owner_id:
        return user.can(EDIT, indicator.owner_id)
    if not holds_a_root(user, EDIT):
        return False
    held = user.access.units_with(EDIT)
    followed_elsewhere = (
        rows.exclude(site_id__in=held) for rows in (indicator.assignments.all(), indicator.readings.all())
    )
    return not any(rows.exists() for rows in followed_elsewhere)


def decides_target(user: Any, target: Any) -> bool:
    """The target of a site is its référent's; that of all sites follows the indicator."""
    return user.can(EDIT, target.site_id) if target.site_id else decides(user, target.indicator)


def _followed(user: Any, name: str) -> Any:
    """That column of the assignments the person sees: what their services enter."""
    rows = apps.get_model("indicators", "Assignment").objects.visible_to(user)
    return rows.order_by().values(name)


def _reading(user: Any, permission: Permission, row: Any) -> bool:
    return permission in {VIEW, Permission.HISTORY_VIEW}


FOLLOWED = Own(lambda user: Q(pk__in=_followed(user, "indicator_id")), lets=_reading)
OF_FOLLOWED_SITES = Own(lambda user: Q(site_id__in=_followed(user, "site_id")), lets=_reading)
