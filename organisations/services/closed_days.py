"""Verbs of the closed days of a site."""

from collections.abc import Mapping
from datetime import date, timedelta

from django.db import transaction

from core.base.errors import UserError
from core.record import history
from core.services.calendars import tell_change
from organisations.calendars import calendar_of
from organisations.models import ClosedDay, Unit

MAX_RANGE = 62


@transaction.atomic
def close_site(
    site: Unit, *, first: date, last: date | None = None, label: str, by, reason: str = ""
) -> list[ClosedDay]:
    """Close a site on a day, or on every working day of a range (weekends and holidays are left out)."""
    last = last or first
    if why := why_no_period(first, last):
        raise UserError(why, field="last")
    if not site.is_site:
        raise UserError(f"« {site} » n’est pas un site : les fermetures s’enregistrent sur le site.")
    calendar = calendar_of(site)
    days = days_between(first, last)
    added = [ClosedDay(site=site, date=day, label=label) for day in days if calendar.is_working(day)]
    if not added:
        raise UserError(f"Rien à fermer : {why_none(calendar, first)}.", field="first")
    tell_change()
    return history.bulk_create(added, by=by, reason=reason)


@transaction.atomic
def record(site: Unit, days: Mapping[date, str], *, by, reason: str = "") -> None:
    """Close a site on these days, each for its reason; a day that is closed already takes it."""
    known = {row.date: row for row in site.closed_days.filter(date__in=days)}
    changed = [row for day, row in known.items() if row.label != days[day]]
    for row in changed:
        row.label = days[row.date]
    history.bulk_update(changed, ["label"], by=by, reason=reason)
    added = [ClosedDay(site=site, date=day, label=label) for day, label in days.items() if day not in known]
    history.bulk_create(added, by=by, reason=reason)
    tell_change()


def why_no_period(first: date, last: date) -> str:
    """Why nobody can close a site between two days; empty when they can."""
    if last < first:
        return "Le dernier jour précède le premier."
    too_long = f"Une fermeture s’enregistre par périodes de {MAX_RANGE} jours au plus."
    return too_long if (last - first).days >= MAX_RANGE else ""


def days_between(first: date, last: date) -> list[date]:
    """The days of a period that can be recorded; none of another."""
    return [] if why_no_period(first, last) else [first + timedelta(n) for n in range((last - first).days + 1)]


@transaction.atomic
def reopen_day(closed_day: ClosedDay, *, by, reason: str = "") -> None:
    """Make a closed day a working one again."""
    history.delete(closed_day, by=by, reason=reason)
    tell_change()


def why_none(calendar, first: date) -> str:
    """Why a period has no working day, from its first one."""
    return f"le {first:%d/%m/%Y} est déjà chômé ({calendar.reason_off(first)})"
