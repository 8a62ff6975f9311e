"""Months after a day: « 12 mois », « 4 ans »; 29 February becomes 28 February where the year has none."""

from calendar import monthrange
from datetime import date
from functools import lru_cache


@lru_cache(maxsize=20_000)
def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is shorter."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of_month(year: int, month: int) -> date:
    """« 02/2022 » means 28/02/2022."""
    return date(year, month, monthrange(year, month)[1])


def in_years(months: int) -> str:
    """« 12 mois », « 4 ans »: whole years are told as years from two on."""
    return f"{months // 12} ans" if months >= 24 and months % 12 == 0 else f"{months} mois"
