"""Verbs of the closed days of a site."""

from datetime import date, timedelta

from django.db import transaction

from core import history
from core.errors import UserError
from organisations.calendars import calendar_of
from organisations.models import ClosedDay, Unit

MAX_RANGE = 62


@transaction.atomic
def close_site(
    site: Unit, *, first: date, last: date | None = None, label: str, by, reason: str = ""
) -> list[ClosedDay]:
    """Close a site on a day, or on every working day of a range (weekends and holidays are left out)."""
    last = last or first
    if last < first:
        raise UserError("Le dernier jour précède le premier.", field="last")
    if (last - first).days >= MAX_RANGE:
        raise UserError(f"Une fermeture s’enregistre par périodes de {MAX_RANGE} jours au plus.", field="last")
    if not site.is_site:
        raise UserError(f"« {site} » n’est pas un site : les fermetures s’enregistrent sur le site.")
    calendar = calendar_of(site)
    days = [first + timedelta(n) for n in range((last - first).days + 1)]
    added = [ClosedDay(site=site, date=day, label=label) for day in days if calendar.is_working(day)]
    if not added:
        raise UserError(f"Rien à fermer : {_why_none(calendar, first)}.", field="first")
    return history.bulk_create(added, by=by, reason=reason)


@transaction.atomic
def reopen_day(closed_day: ClosedDay, *, by, reason: str = "") -> None:
    """Make a closed day a working one again."""
    history.delete(closed_day, by=by, reason=reason)


def _why_none(calendar, first: date) -> str:
    return f"le {first:%d/%m/%Y} est déjà chômé ({calendar.reason_off(first)})"
