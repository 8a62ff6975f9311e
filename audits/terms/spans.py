"""Months added to a day: the same day of that month, or its last one."""

from calendar import monthrange
from datetime import MAXYEAR, date

SHORTEST = 28


def months_after(day: date, months: int) -> date:
    """31/08 and 6 months give 28/02, or 29/02; the last day there is where a calendar ends."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if year > MAXYEAR:
        return date.max
    return date(year, month, day.day if day.day <= SHORTEST else min(day.day, monthrange(year, month)[1]))
