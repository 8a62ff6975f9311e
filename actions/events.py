"""Meetings that a deadline may wait for (« pour le prochain CLU »): those that committees keep, and those of plans.

A plan born of a CLU or of a COPIL bears the date of that meeting: it is what a deadline written before was waiting for.
"""

from collections.abc import Iterable
from datetime import date

from actions.enums import Origin
from actions.models import Plan
from actions.registries import meeting_dates
from core.base.registries import EventDate, event_dates
from organisations.models import Unit


def register() -> None:
    event_dates.register(EventDate("clu", "prochain CLU", clu_dates, 10, "action_view"))
    event_dates.register(EventDate("copil", "prochain COPIL", copil_dates, 20, "action_view"))


def clu_dates(site: Unit, on: date) -> Iterable[date]:
    return _dates(site, Origin.CLU, on)


def copil_dates(site: Unit, on: date) -> Iterable[date]:
    return _dates(site, Origin.COPIL, on)


def _dates(site: Unit, origin: Origin, on: date) -> Iterable[date]:
    rows = Plan.objects.filter(site=site, origin=origin, origin_on__gte=on).order_by("origin_on")
    days = set(rows.values_list("origin_on", flat=True))
    days.update(day for source in meeting_dates for day in source.find(site, origin, on))
    return sorted(day for day in days if day is not None)
