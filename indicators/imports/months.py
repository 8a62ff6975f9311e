"""Months as headers spell them: `Janvier`, `Févr.`, `01/2020`, `2020-01`, `janv-20`, a date, or a bare `1` to `12`."""

import re
from dataclasses import dataclass
from datetime import date

from core.imports.words import plain
from core.spreadsheets.model import Cell

NAMES = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

NAMED, DATED, BARE = "named", "dated", "bare"

_SPELLINGS = {
    spelling: month
    for month, spellings in enumerate(
        (
            "janvier janv jan", "fevrier fevr fev", "mars mar", "avril avr", "mai", "juin jun",
            "juillet juill juil jul", "aout aou", "septembre sept sep", "octobre oct", "novembre nov", "decembre dec",
        ),
        start=1,
    )
    for spelling in spellings.split()
}  # fmt: skip

_NAME = re.compile(r"(?:mois d[e ] ?)?([a-z]+)(?: ?(20\d\d|\d\d))?")
_DATED = (
    re.compile(r"(?P<month>0?[1-9]|1[0-2]) (?P<year>20\d\d|\d\d)"),
    re.compile(r"(?P<year>20\d\d) (?P<month>0?[1-9]|1[0-2])(?: \d\d?)?(?: 00 00(?: 00)?)?"),
    re.compile(r"\d\d? (?P<month>0?[1-9]|1[0-2]) (?P<year>20\d\d)(?: 00 00(?: 00)?)?"),
)
_BARE = re.compile(r"(?:m|mois)? ?(0?[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class HeaderMonth:
    """A month read in a header cell, with its year when the cell says it."""

    month: int
    year: int | None
    kind: str


def month_of(cell: Cell) -> HeaderMonth | None:
    """The month a header cell names, or None."""
    value = cell.value
    if isinstance(value, date):
        return HeaderMonth(value.month, value.year, DATED)
    if isinstance(value, bool) or cell.is_error:
        return None
    if isinstance(value, int):
        return HeaderMonth(value, None, BARE) if 1 <= value <= 12 else None
    return month_in(value) if isinstance(value, str) and len(value) <= 30 else None


def month_in(text: str) -> HeaderMonth | None:
    """The month a text names, or None."""
    words = plain(text)
    named = _NAME.fullmatch(words)
    if named and named[1] in _SPELLINGS:
        return HeaderMonth(_SPELLINGS[named[1]], _year(named[2]), NAMED)
    for pattern in _DATED:
        dated = pattern.fullmatch(words)
        if dated:
            return HeaderMonth(int(dated["month"]), _year(dated["year"]), DATED)
    bare = _BARE.fullmatch(words)
    return HeaderMonth(int(bare[1]), None, BARE) if bare else None


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)
