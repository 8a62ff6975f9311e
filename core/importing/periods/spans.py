"""Periods as headings spell them: months in French or English, quarters, dates, `01/2020`, a bare `1` to `12`."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from core.base.months import month_name, month_number
from core.importing.words import plain
from core.sheets.reading.model import Cell

LONGEST = 40
MONTH, QUARTER, HALF = 1, 3, 6
_ORDINALS = {"premier": 1, "deuxieme": 2, "second": 2, "troisieme": 3, "quatrieme": 4}
_LENGTHS = {
    "t": QUARTER,
    "q": QUARTER,
    "trim": QUARTER,
    "trimestre": QUARTER,
    "quarter": QUARTER,
    "s": HALF,
    "sem": HALF,
    "semestre": HALF,
}
_WORD = "|".join(sorted(_LENGTHS, key=len, reverse=True))
_PART = re.compile(
    r"(?:(?P<before>20\d\d) )?"
    rf"(?:(?P<word>{_WORD}) ?(?P<number>[1-4])"
    rf"|(?P<first>[1-4]|{'|'.join(_ORDINALS)}) ?(?:er|e|eme|ere|nd|nde)? ?(?P<last>{_WORD}))"
    r"(?: ?(?P<year>20\d\d)| (?P<short>\d\d))?"
)
_DATED = (
    re.compile(r"(?P<month>0?[1-9]|1[0-2]) (?P<year>20\d\d|\d\d)"),
    re.compile(r"(?P<year>20\d\d) (?P<month>0?[1-9]|1[0-2])(?: \d\d?)?(?: 00 00(?: 00)?)?"),
    re.compile(r"\d\d? (?P<month>0?[1-9]|1[0-2]) (?P<year>20\d\d)(?: 00 00(?: 00)?)?"),
)
_BARE = re.compile(r"(?:m|mois)? ?(0?[1-9]|1[0-2])")
_YEAR = re.compile(r"20\d\d|\d\d")
_SILENT = frozenset({"mois", "de", "d", "du", "a", "au", "fin"})


class Writing(StrEnum):
    """How a heading names its period: a bare number may as well be a value."""

    NAMED = "named"
    DATED = "dated"
    BARE = "bare"


@dataclass(frozen=True, slots=True)
class Period:
    """Months that end with `month` (1 to 12), `length` of them; the year when it is said."""

    month: int
    length: int = MONTH
    year: int | None = None

    @property
    def first(self) -> int:
        return self.month - self.length + 1

    @property
    def code(self) -> str:
        """`03`, `T1`, `S2`: the year apart."""
        if self.length == MONTH:
            return f"{self.month:02d}"
        return f"{'T' if self.length == QUARTER else 'S'}{self.month // self.length}"

    @property
    def words(self) -> str:
        """« mars », « 1er trimestre »."""
        if self.length == MONTH:
            return month_name(self.month)
        number = self.month // self.length
        return f"{number}{'er' if number == 1 else 'e'} {'trimestre' if self.length == QUARTER else 'semestre'}"


def period_of_code(code: str) -> Period | None:
    """The period that `Period.code` names."""
    if code.isdigit() and 1 <= int(code) <= 12:
        return Period(int(code))
    length = {"T": QUARTER, "S": HALF}.get(code[:1])
    return Period(int(code[1:]) * length, length) if length and code[1:].isdigit() else None


ALL_PERIODS = tuple(Period(month) for month in range(1, 13)) + tuple(Period(month, QUARTER) for month in (3, 6, 9, 12))


@dataclass(frozen=True, slots=True)
class Spelling:
    """A period read in a heading, how it is written, and the other words of the heading."""

    period: Period
    writing: Writing
    rest: str = ""


def spelling_of(cell: Cell) -> Spelling | None:
    """The period a heading cell names, or None."""
    value = cell.value
    if isinstance(value, date):
        return Spelling(Period(value.month, MONTH, value.year), Writing.DATED)
    if isinstance(value, bool) or cell.is_error:
        return None
    if isinstance(value, int):
        return Spelling(Period(value), Writing.BARE) if 1 <= value <= 12 else None
    return spelling_in(value) if isinstance(value, str) and len(value) <= LONGEST else None


@lru_cache(maxsize=8192)
def spelling_in(text: str) -> Spelling | None:
    """The period a text names, or None."""
    words = plain(text)
    part = _PART.fullmatch(words)
    if part:
        period = _part(part)
        return Spelling(period, Writing.NAMED) if period.month <= 12 else None  # S3 is a week
    for pattern in _DATED:
        dated = pattern.fullmatch(words)
        if dated:
            return Spelling(Period(int(dated["month"]), MONTH, _year(dated["year"])), Writing.DATED)
    bare = _BARE.fullmatch(words)
    return Spelling(Period(int(bare[1])), Writing.BARE) if bare else _named(words.split())


def _part(found: re.Match) -> Period:
    length = _LENGTHS[found["word"] or found["last"]]
    number = found["number"] or found["first"]
    rank = _ORDINALS.get(number) or int(number)
    return Period(rank * length, length, _year(found["before"] or found["year"] or found["short"]))


def _named(words: list[str]) -> Spelling | None:
    """« Janvier », « Mars 2023 », « janv. à mars », « Réalisé mars »: the words that name no month are the rest."""
    if len(words) > 5:
        return None
    months = {place: month for place, word in enumerate(words) if word.isalpha() and (month := month_number(word))}
    length = _length_of(list(months.values()))
    if not length:
        return None
    last = max(months)
    year = words[last + 1] if last + 1 < len(words) and _YEAR.fullmatch(words[last + 1]) else ""
    taken = {*months, last + 1} if year else set(months)
    rest = [word for place, word in enumerate(words) if place not in taken and word not in _SILENT]
    return Spelling(Period(months[last], length, _year(year)), Writing.NAMED, " ".join(rest))


def _length_of(months: list[int]) -> int:
    """One month, or the first and the last of a quarter; 0 for others."""
    is_quarter = len(months) == 2 and months[1] - months[0] == 2 and months[0] % 3 == 1
    return QUARTER if is_quarter else MONTH if len(months) == 1 else 0


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)
