"""Whose a published bilan is: those who hold one of its roles at its site."""

from typing import Any

from django.db.models import Q

from organisations.models import Unit


def not_for(user: Any) -> Q:
    """The publications that name none of the roles that the person holds at their site, or in one of its services."""
    named = Q(pk__in=())
    for role in user.access.roles:
        units = user.access.units_as([role])
        sites = units | Unit.objects.site_ids_of(units)
        named |= Q(roles__contains=f"|{role}|", edition__report__site__among=sites)
    return ~named
