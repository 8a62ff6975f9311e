"""Why words that look like a date are none, in a French sentence for the person who wrote them."""

import re
from calendar import monthrange
from datetime import date
from functools import partial

from core.base.months import month_name
from core.time.fuzzy_dates import spans
from core.time.fuzzy_dates.spans import Recurring
from core.time.fuzzy_dates.spelling import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH,
    WEEKDAYS,
    YEAR,
    month_number,
    year_number,
)

_IN_DIGITS = re.compile(r"(?<![\d./-])(\d{1,4})[-/.](\d{1,4})(?:[-/.](\d{1,4}))?(?![\d./-]*\d)")
_IN_WORDS = re.compile(rf"\b(?P<day>\d{{1,2}})(?: ?er)? {MONTH}(?: {YEAR}\b)?")
_DAY_OF_WEEK = re.compile(
    rf"\b(?P<weekday>{'|'.join(WEEKDAYS)}),? (?:le )?(?:(?P<day>\d{{1,2}})(?: ?er)? {MONTH}(?: {YEAR})?|"
    r"(?P<number>\d{1,2})[/.-](?P<of_month>\d{1,2})(?:[/.-](?P<of_year>\d{4}|\d{2}))?)(?!\d)"
)
_SERIAL = re.compile(r"[3-6]\d{4}(?:[.,]\d+)?")
_LEAP = 2024  # any year with a 29 February


def problem_of(wording: str, since: date | None) -> str:
    """The sentence that explains plain words written that day; empty when there is nothing to explain."""
    if _SERIAL.fullmatch(wording):
        return f"« {wording} » est sans doute un jour de tableur dont le format s’est perdu : écrivez la date."
    if found := _DAY_OF_WEEK.search(wording):
        return _weekday_problem(found, since)
    for digits in _IN_DIGITS.finditer(wording):
        if problem := _problem_in_digits([part for part in digits.groups() if part]):
            return problem
    found = _IN_WORDS.search(wording)
    return _problem_in_words(found) if found else ""


def _problem_in_digits(written: list[str]) -> str:
    """Of day, month and year, in the order that the number of digits tells."""
    numbers = [int(part) for part in written]
    starts_with_year, ends_with_year = len(written[0]) == 4, len(written[-1]) == 4
    if len(numbers) == 3:
        day, digits = (numbers[2], written[0]) if starts_with_year else (numbers[0], written[2])
        return _day_problem(day, numbers[1], int(digits) + (2000 if len(digits) == 2 else 0))
    first, second = numbers
    if starts_with_year and ends_with_year:
        return "La fin précède le début." if first >= second else ""
    if starts_with_year:
        return _month_problem(second)
    return _month_problem(first) if ends_with_year else _day_problem(first, second, None)


def _problem_in_words(found: re.Match[str]) -> str:
    year = int(found["year"]) if found["year"] else None
    return _day_problem(int(found["day"]), month_number(found["month"]), year)


def _month_problem(month: int) -> str:
    return "" if 1 <= month <= 12 else f"Le mois {month} n’existe pas."


def _day_problem(day: int, month: int, year: int | None) -> str:
    if not 1 <= month <= 12:
        return f"Le mois {month} n’existe pas."
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        return f"L’année {year} n’est pas une année de plan."
    if 1 <= day <= monthrange(year or _LEAP, month)[1]:
        return ""
    number = "1er" if day == 1 else str(day)
    return f"Le {number} {month_name(month)}{f' {year}' if year else ''} n’existe pas."


def _weekday_problem(found: re.Match[str], since: date | None) -> str:
    """« mardi 15 mars 2027 » is a Monday: either the name or the day is wrong."""
    month = month_number(found["month"]) if found["month"] else int(found["of_month"])
    day, digits = int(found["day"] or found["number"]), found["year"] or found["of_year"]
    problem = _day_problem(day, month, year_number(digits) if digits else None)
    is_on = Recurring(partial(spans.day, month, day), year_number(digits) if digits else None).span(since)
    if problem or not is_on or not is_on.earliest:
        return problem
    said, is_said = found["weekday"], WEEKDAYS[is_on.earliest.weekday()]
    return "" if said == is_said else f"Le {is_on.earliest:%d/%m/%Y} est un {is_said}, pas un {said}."
