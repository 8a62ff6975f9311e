"""The weeks of a month, as a calendar shows them."""

from calendar import Calendar
from datetime import date

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
FIRST_YEAR, LAST_YEAR = 1990, 2100


def weeks_of(year: int, month: int) -> list[list[date]]:
    """Weeks from Monday to Sunday that hold the days of the month."""
    return Calendar().monthdatescalendar(year, month)


def neighbours(year: int, month: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """The month before and the month after."""
    index = year * 12 + month - 1
    before, after = divmod(index - 1, 12), divmod(index + 1, 12)
    return (before[0], before[1] + 1), (after[0], after[1] + 1)


def is_shown(year: int, month: int) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12
