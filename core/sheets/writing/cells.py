"""What a cell of an exported file may hold.

In XLSX and ODS a text is a text; in CSV, which has no types, a sign keeps it from running (`neutral`).
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import singledispatch
from math import isfinite

from django.utils import timezone

from core.base.figures import RATE

MOST_CHARACTERS = 32_767  # of a cell, for Excel

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_BLANK = r"[\s\u200b-\u200f\u2060\ufeff]*"
_LIVE = re.compile(rf"[\t\r\n]|{_BLANK}[=+\-@\uff1d\uff0b\uff0d\uff20|%]")
_HARMLESS = re.compile(r"-|[+-]?\d[\d \u00a0\u202f]*([.,]\d+)?")


@dataclass(frozen=True)
class Column:
    """A column of an exported file."""

    label: str
    width: int = 0  # in characters; from the label when 0


@dataclass(frozen=True)
class FigureCell:
    """A figure with its measure: a rate is a ratio, written as a percentage."""

    value: Decimal | int | float
    measure: str

    @property
    def is_rate(self) -> bool:
        return self.measure == RATE


Cell = str | int | float | Decimal | date | datetime | FigureCell | None


def cell_of(value) -> Cell:
    """The value as a spreadsheet should hold it: a text without control characters, numbers and dates as they are."""
    return clean(value) if type(value) is str else _cell_of(value)


@singledispatch
def _cell_of(value) -> Cell:
    return clean(str(value))


@_cell_of.register(type(None))
@_cell_of.register(FigureCell)
@_cell_of.register(date)
@_cell_of.register(int)
def _as_it_is(value) -> Cell:
    return value


@_cell_of.register
def _yes_or_no(value: bool) -> Cell:
    return "oui" if value else "non"


@_cell_of.register
def _local(value: datetime) -> Cell:
    return timezone.make_naive(value) if timezone.is_aware(value) else value


@_cell_of.register(float)
@_cell_of.register(Decimal)
def _finite(value) -> Cell:
    return value if isfinite(value) else None


@_cell_of.register(list)
@_cell_of.register(tuple)
def _several(values) -> Cell:
    return clean(", ".join(str(value) for value in values))


def clean(text: str) -> str:
    """The text without control characters, no longer than a cell may be."""
    if text.isprintable() and len(text) <= MOST_CHARACTERS:  # nearly always, at a tenth of the cost
        return text
    kept = _ILLEGAL.sub("", text)
    return kept if len(kept) <= MOST_CHARACTERS else f"{kept[: MOST_CHARACTERS - 1]}…"


def neutral(text: str) -> str:
    """The text of a CSV, preceded by an apostrophe where a spreadsheet would run it; `bare` takes it off."""
    return f"'{text}" if _is_live(text) else text


def bare(text: str) -> str:
    """A text of a CSV as it was before `neutral`."""
    return text[1:] if text.startswith("'") and _is_live(text[1:]) else text


def _is_live(text: str) -> bool:
    """Whether a spreadsheet would run it; so does a text that only its own apostrophes keep from running."""
    if text[:1].isalnum():
        return False
    told = text.lstrip("'")
    return _LIVE.match(told) is not None and _HARMLESS.fullmatch(told) is None
