"""Who sees a case and who acts on it: those of its site, those of the service it concerns or went to, who entered it.

The front desk of a service registers for its site.
"""

from typing import Any

from django.db.models import Q

from organisations.permissions import Permission
from organisations.scope import Own, Scope

VIEW, REGISTER = Permission.COMPLAINT_VIEW, Permission.COMPLAINT_REGISTER


def _concerned(user: Any) -> Q:
    """The cases of the services where the person reads complaints, and those that the person entered."""
    if not user.can(VIEW):
        return Q(pk__in=())
    units = user.access.units_with(VIEW)
    return Q(service_id__among=units) | Q(transmitted_to_id__among=units) | Q(entered_by_id=user.pk)


def _lets(user: Any, permission: Permission, case: Any) -> bool:
    """What one may do to a case of one's service; who only entered a case reads it."""
    units = user.access.units_with(permission)
    if case.service_id in units or case.transmitted_to_id in units:
        return True
    return permission == VIEW and case.entered_by_id == user.pk


CASE = Scope(VIEW, from_below=(REGISTER,), own=Own(_concerned, lets=_lets))
OF_SITE = Scope(VIEW, from_below=(VIEW, REGISTER))  # what a site decides is read in its services
FILES = Scope(Permission.COMPLAINT_IMPORT)  # a preview names people
