"""When a deadline is reminded of, and on which day of the week: pure, so that a whole year of it can be tested."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

_DAYS = timedelta(days=1)
FRIDAY = 4
STALE_AFTER = timedelta(days=365)  # not to be chased any more, but decided on


class Moment(StrEnum):
    """Where a deadline stands on a day."""

    STALE = "stale"
    LATE = "late"
    THIS_WEEK = "week"
    SOON = "soon"


def moment_of(latest: date | None, on: date, *, days_before: int) -> Moment | None:
    """Late after its latest day, stale after a year, this week until Sunday, soon within the notice; else None."""
    if latest is None:
        return None
    if latest < on - STALE_AFTER:
        return Moment.STALE
    if latest < on:
        return Moment.LATE
    if latest <= monday_of(on) + 6 * _DAYS:
        return Moment.THIS_WEEK
    return Moment.SOON if latest <= on + days_before * _DAYS else None


def days_late(latest: date, on: date) -> int:
    return (on - latest).days


def is_escalated(latest: date | None, on: date, *, escalate_after: int) -> bool:
    """Late by more days than the site allows before the head is told."""
    return latest is not None and days_late(latest, on) > escalate_after


def sending_day(on: date, weekday: int, is_working: Callable[[date], bool]) -> date | None:
    """The day of that week on which digests leave: the day chosen, or the next working one; None when all are off."""
    days = (monday_of(on) + number * _DAYS for number in range(weekday, FRIDAY + 1))
    return next((day for day in days if is_working(day)), None)


def monday_of(day: date) -> date:
    return day - day.weekday() * _DAYS


def week_key(day: date) -> str:
    """« 2026-S47 »: one digest per person and per week of the calendar."""
    year, week, _ = day.isocalendar()
    return f"{year}-S{week:02}"
