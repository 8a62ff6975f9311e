"""Units and words that follow a number: `%`, `jours ouvrés`, `min`, `visites/mois`, `courriers`."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.base.numerals import SPACES

_FOLDED = str.maketrans("àâäéèêëîïôöùûüçÀÂÄÉÈÊËÎÏÔÖÙÛÜÇ−–—’", "aaaeeeeiioouuucAAAEEEEIIOOUUUC---'")
_SAME_SPACES = str.maketrans(dict.fromkeys(f"{SPACES}\n\r", " "))


class Unit(StrEnum):
    """What a number counts, as far as its cell says."""

    NONE = ""
    PERCENT = "%"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"
    MINUTES = "minutes"
    SECONDS = "seconds"
    PER_DAY = "per_day"
    PER_WEEK = "per_week"
    PER_MONTH = "per_month"
    PER_YEAR = "per_year"
    MARK = "mark"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Measure:
    """The unit found after a number, up to `end`; `words` as written, `by` multiplies the number."""

    unit: Unit
    end: int
    words: str = ""
    by: int = 1
    doubt: str = ""


def folded(text: str) -> str:
    """Small letters without accents and plain spaces, character for character: places are those of the text."""
    lower = text.translate(_FOLDED).translate(_SAME_SPACES)
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in lower)


_END = r"(?![a-z0-9])"
_MULTIPLIERS = (
    (re.compile(r" ?(?:millions?|mio)" + _END), 1_000_000),
    (re.compile(r" ?(?:milliards?|mds?)" + _END), 1_000_000_000),
    (re.compile(r" ?(?:milliers?|mille|k)" + _END), 1_000),
)
_CAPITAL_M = re.compile(r" ?M(?![A-Za-z0-9])")
_WORKING = r"(?: (?:ouvre|ouvrable|calendaire|franc|travaille)e?s?)?"
_UNITS = (
    (Unit.PERCENT, r"%|pour ?cents?|pct|p\. ?100"),
    (Unit.DAYS, rf"(?:jours?|jrs?|jo|j){_END}\.?{_WORKING}"),
    (Unit.WEEKS, rf"(?:semaines?|sem){_END}\.?"),
    (Unit.MONTHS, rf"mois{_END}"),
    (Unit.YEARS, rf"(?:ans?|annees?){_END}"),
    (Unit.HOURS, rf"(?:heures?|hrs?|h){_END}\.?"),
    (Unit.MINUTES, rf"(?:minutes?|mins?|mn){_END}\.?"),
    (Unit.SECONDS, rf"(?:secondes?|secs?|s){_END}\.?"),
)
_KNOWN = tuple((unit, re.compile(rf" ?(?:{pattern})")) for unit, pattern in _UNITS)
_PERIODS = {"jour": Unit.PER_DAY, "j": Unit.PER_DAY, "semaine": Unit.PER_WEEK, "mois": Unit.PER_MONTH}
_PERIODS |= {"an": Unit.PER_YEAR, "annee": Unit.PER_YEAR}
_PER = re.compile(rf" ?(?:/|par) ?(?P<period>jour|j|semaine|mois|annee|an){_END}")
_LINK = re.compile(r" (?:de |d')(?=[a-z])")
_SIGN = re.compile(r" ?[€$£°‰]")
_NOUN = r"[ '](?!(?:et|ou|a|au|soit|puis|dont|hors) )[a-z]{2,}"
_WORDS = re.compile(rf"{_NOUN}(?:[ '-](?!par )[a-z]+){{0,2}}(?= ?(?:$|[(\[;:,*/-]| par ))")
_WORD = re.compile(rf"{_NOUN}(?= )")
_STUCK = re.compile(r"\w")


def measure_at(text: str, plain: str, start: int) -> Measure | None:
    """The unit there, `plain` being the folded text; None where letters are stuck to the number, as in a code."""
    by, place, doubt = _multiplier(text, plain, start)
    if by > 1 and (linked := _LINK.match(plain, place)):  # « 3,9 millions de visites »
        place = linked.end() - 1
    for unit, pattern in _KNOWN:
        if found := pattern.match(plain, place):
            return Measure(unit, found.end(), text[place : found.end()].strip(), by, doubt)
    if per := _PER.match(plain, place):
        return Measure(_PERIODS[per["period"]], per.end(), "", by, doubt)
    if found := next(filter(None, (pattern.match(plain, place) for pattern in (_SIGN, _WORDS, _WORD))), None):
        words = text[place : found.end()].strip(" '’")
        if per := _PER.match(plain, found.end()):
            return Measure(_PERIODS[per["period"]], per.end(), words, by, doubt)
        return Measure(Unit.OTHER, found.end(), words, by, doubt)
    return None if _STUCK.match(plain, place) else Measure(Unit.NONE, place, "", by, doubt)


def _multiplier(text: str, plain: str, start: int) -> tuple[int, int, str]:
    for pattern, by in _MULTIPLIERS:
        if found := pattern.match(plain, start):
            return by, found.end(), ""
    if found := _CAPITAL_M.match(text, start):
        return 1_000_000, found.end(), f"« {text.strip()} » : le M est-il celui de millions ?"
    return 1, start, ""


def in_days(value: Decimal, unit: Unit, hours_per_day: Decimal | None) -> Decimal | None:
    """Calendar days: a week is 7, a month 30, a year 365; hours need to be told how many make a day."""
    if unit in _DAYS:
        return value * _DAYS[unit]
    if hours_per_day and unit in _HOURS:
        return value * _HOURS[unit] / hours_per_day
    return None


TIMES = {Unit.DAYS, Unit.WEEKS, Unit.MONTHS, Unit.YEARS, Unit.HOURS, Unit.MINUTES, Unit.SECONDS}
_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7, Unit.MONTHS: 30, Unit.YEARS: 365}
_HOURS = {Unit.HOURS: Decimal(1), Unit.MINUTES: Decimal(1) / 60, Unit.SECONDS: Decimal(1) / 3600}
