"""Who may change an indicator: nobody changes the figures of a site they do not answer for (docs/adr: shared data)."""

from indicators.models import Assignment, Indicator, Reading
from organisations.models import Unit
from organisations.permissions import Permission
from referential.services.shared import root_ids

EDIT = Permission.INDICATOR_EDIT


def may_edit(user, indicator: Indicator) -> bool:
    """Whether the person may change it for all who follow it: its owner, or every site that follows a common one."""
    if indicator.owner_id:
        return user.can(EDIT, indicator.owner_id)
    held = user.access.units_with(EDIT)
    if not held & root_ids():
        return False
    followed_elsewhere = (
        rows.filter(indicator=indicator).exclude(site_id__in=held) for rows in (Assignment.objects, Reading.objects)
    )
    return not any(rows.exists() for rows in followed_elsewhere)


def may_edit_everything(user) -> bool:
    """Whether the person answers for the whole installation, and so may add to what is common to all."""
    roots = root_ids()
    return bool(roots) and roots <= user.access.units_with(EDIT)


def editable_sites(user):
    """The sites whose targets and assignments the person decides."""
    return Unit.objects.sites().filter(pk__in=user.access.units_with(EDIT))
