"""Columns of dates: the order of day and month is settled once, then each cell is a day, an impossible one, or none."""

import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.utils import timezone

from core.base.months import month_name, month_number
from core.time.fuzzy_dates.spelling import FIRST_YEAR, LAST_YEAR, WEEKDAYS, plain

LONGEST = 80  # characters; longer ones are sentences
MOST_TEXTS = 5
OF_THE_LAST_CENTURY = 70  # « 01/09/98 »: from there on, a year on two digits is one of 19..

_ENGLISH_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LEAD = re.compile(
    r"(?:(?:realise|fait|effectue|termine|acheve|clos|cloture|solde|valide|livre|recu|envoye|"
    r"repondu|traite|transmis|adresse|notifie|mis en place)"
    r"e?s? )?(?:depuis |a partir d?)?(?:le |la |au |du |en |l')?(?:: ?)?"
)
_WEEKDAY = re.compile(
    rf"(?P<name>{'|'.join((*WEEKDAYS, *_ENGLISH_WEEKDAYS))}|(?:lun|mar|mer|jeu|ven|sam|dim)\.)?,? ?(?:le )?"
)
_HOUR = re.compile(
    r"(?:[ ,]+(?:a )?|(?<=\d)t)\d{1,2}(?:[:h]\d{0,2}(?::\d{2}(?:\.\d{1,9})?)?)(?: ?(?P<half>[ap]\.?m\.?))?"
    r"(?: ?(?:z|utc|gmt)?(?:[+-]\d{1,2}:?\d{0,2})?)?$"
)
_HALF = re.compile(r"\d ?[ap]\.?m\b")
_DIGITS = re.compile(r"(?P<first>\d{1,2})(?P<sign>[/. -])(?P<second>\d{1,2})(?:(?P=sign)(?P<year>\d{4}|\d{2}))?")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})(?:[/.-](?P<day>\d{1,2}))?")
_COMPACT = re.compile(r"(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])")  # 20220314
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)", re.IGNORECASE)
_MONTH_YEAR = re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})")
_WORDS = re.compile(r"(?:(?P<day>\d{1,2})(?: ?er)?[ .-]+)?(?P<month>[a-z]{3,9})\.?(?:[ .,-]+(?P<year>\d{4}|\d{2}))?")
_ENGLISH = re.compile(r"(?P<month>[a-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})")
_SERIAL = re.compile(r"[3-6]\d{4}(?:[.,]\d+)?")


class DateOrder(StrEnum):
    """Which of two numbers is the day."""

    DAY_MONTH = "dmy"
    MONTH_DAY = "mdy"


@dataclass(frozen=True, slots=True)
class DateOrderFound:
    """The order of a column: what says so, what says the other, and what would be another day in the other order."""

    order: DateOrder
    is_sure: bool
    evidence: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Impossible:
    """A cell that writes a day which is none; `why` is a sentence for its owner."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a cell writes; `day` is None for a whole month, `year` None when left out."""

    day: int | None
    month: int
    year: int | None


def order_of(texts: Iterable[str]) -> DateOrderFound:
    """Settle the order of a column by its numbers over 12, its full stops (day first) and its a.m. (month first)."""
    sides = _sides_of(texts)
    days, months, doubtful = sides[DateOrder.DAY_MONTH], sides[DateOrder.MONTH_DAY], sides[None]
    order = DateOrder.MONTH_DAY if len(months) > len(days) else DateOrder.DAY_MONTH
    evidence, against = (months, days) if order == DateOrder.MONTH_DAY else (days, months)
    is_sure = not against and (bool(evidence) or not doubtful)
    kept = (tuple(dict.fromkeys(some))[:MOST_TEXTS] for some in (evidence, against, [] if is_sure else doubtful))
    return DateOrderFound(order, is_sure, *kept)


def _sides_of(texts: Iterable[str]) -> dict[DateOrder | None, list[str]]:
    """The dates in digits by the order that each says, None for those that may be read in both."""
    sides: dict[DateOrder | None, list[str]] = {DateOrder.DAY_MONTH: [], DateOrder.MONTH_DAY: [], None: []}
    for text in texts:
        found = _DIGITS.fullmatch(_bare(plain(text[:LONGEST])))
        if found:
            side = _side_of(found, has_half=bool(_HALF.search(text.lower())))
            if side or found["first"] != found["second"]:
                sides[side].append(text.strip())
    return sides


def read_day(
    value: object, *, order: DateOrder = DateOrder.DAY_MONTH, year: int | None = None, month_end: bool = False
) -> date | Impossible | None:
    """The day of a cell. `year` is that of « 12/03 »; `month_end` reads « mars 2024 » as its last day.

    An instant (« 2022-03-14T23:30Z ») is of the day that it was here. None where there is no date; a date that does not
    exist, or that lacks its year, is `Impossible`.
    """
    if known := _known_day(value):
        return known
    if not isinstance(value, str) or len(value) > LONGEST:
        return None
    text = plain(value)
    if _SERIAL.fullmatch(text):
        return Impossible(value, "Sans doute un jour de tableur dont le format s’est perdu : écrivez la date.")
    parts = _parts(_bare(text), order)
    if parts is None or (parts.day is None and not month_end):
        return None
    return _day(value, parts, year, _weekday(text))


def _known_day(value: object) -> date | None:
    """The day of what is one already: a day, a moment, or an instant as it was lived here."""
    if isinstance(value, str) and _INSTANT.fullmatch(value.strip()):
        try:
            return timezone.localdate(datetime.fromisoformat(value.strip()))
        except ValueError:  # 30 February, 25 o'clock
            return None
    if isinstance(value, int) and _COMPACT.fullmatch(str(value)):
        found = read_day(str(value))
        return found if isinstance(found, date) else None
    return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None


def lacks_year(value: object, *, order: DateOrder = DateOrder.DAY_MONTH, month_end: bool = False) -> bool:
    """Whether a cell writes a day, but for its year."""
    with_one = read_day(value, order=order, year=2000, month_end=month_end)
    return isinstance(with_one, date) and isinstance(read_day(value, order=order, month_end=month_end), Impossible)


def _side_of(found: re.Match[str], *, has_half: bool) -> DateOrder | None:
    first, second = int(found["first"]), int(found["second"])
    if (first > 12) != (second > 12):
        return DateOrder.DAY_MONTH if first > 12 else DateOrder.MONTH_DAY
    if has_half:
        return DateOrder.MONTH_DAY
    return DateOrder.DAY_MONTH if found["sign"] == "." else None


def _bare(text: str) -> str:
    """Without « réalisé le », the weekday and the hour."""
    text = _HOUR.sub("", text)
    lead = _LEAD.match(text)
    text = text[lead.end() :] if lead else text
    weekday = _WEEKDAY.match(text)
    return text[weekday.end() :] if weekday else text


def _weekday(text: str) -> int | None:
    """The weekday written, 0 for Monday."""
    for names in (WEEKDAYS, _ENGLISH_WEEKDAYS):
        for number, name in enumerate(names):
            if re.search(rf"\b{name}\b", text):
                return number
    return None


def _parts(text: str, order: DateOrder) -> _Parts | None:
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _Parts(_number(found["day"]), int(found["month"]), int(found["year"]))
    if found := _MONTH_YEAR.fullmatch(text):
        return _Parts(None, int(found["month"]), int(found["year"]))
    if found := _DIGITS.fullmatch(text):
        day, month = int(found["first"]), int(found["second"])
        day, month = (month, day) if order == DateOrder.MONTH_DAY else (day, month)
        return _Parts(day, month, _year(found["year"]))
    found = _WORDS.fullmatch(text) or _ENGLISH.fullmatch(text)
    number = month_number(found["month"]) if found else None
    if found is None or number is None:
        return None
    return _Parts(_number(found["day"]), number, _year(found["year"]))


def _number(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _year(digits: str | None) -> int | None:
    if digits is None or len(digits) == 4:
        return _number(digits)
    return int(digits) + (2000 if int(digits) < OF_THE_LAST_CENTURY else 1900)


def _day(text: str, parts: _Parts, given_year: int | None, weekday: int | None) -> date | Impossible:
    year = parts.year if parts.year is not None else given_year
    if not 1 <= parts.month <= 12:
        return Impossible(text, f"Le mois {parts.month} n’existe pas.")
    if year is None:
        return Impossible(text, "L’année n’est pas écrite.")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Impossible(text, f"L’année {year} n’est pas comprise entre {FIRST_YEAR} et {LAST_YEAR}.")
    last = monthrange(year, parts.month)[1]
    number = last if parts.day is None else parts.day
    if not 1 <= number <= last:
        return Impossible(text, f"Le {number} {month_name(parts.month)} {year} n’existe pas.")
    day = date(year, parts.month, number)
    if weekday is not None and parts.day is not None and day.weekday() != weekday:
        return Impossible(text, f"Le {day:%d/%m/%Y} est un {WEEKDAYS[day.weekday()]}, pas un {WEEKDAYS[weekday]}.")
    return day
