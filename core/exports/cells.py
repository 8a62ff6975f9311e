"""What a cell of an exported file may hold, made harmless: text never becomes a formula."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import singledispatch
from math import isfinite

from django.utils import timezone

from core.figures import RATE

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
class Figure:
    """A figure with its measure: a rate is a ratio, written as a percentage."""

    value: Decimal | int | float
    measure: str

    @property
    def is_rate(self) -> bool:
        return self.measure == RATE


Cell = str | int | float | Decimal | date | datetime | Figure | None


@singledispatch
def cell_of(value) -> Cell:
    """The value as a spreadsheet should hold it; text is neutralised, numbers and dates stay what they are."""
    return neutral(str(value))


@cell_of.register(type(None))
@cell_of.register(Figure)
@cell_of.register(date)
@cell_of.register(int)
def _as_it_is(value) -> Cell:
    return value


@cell_of.register
def _yes_or_no(value: bool) -> Cell:
    return "oui" if value else "non"


@cell_of.register
def _local(value: datetime) -> Cell:
    return timezone.make_naive(value) if timezone.is_aware(value) else value


@cell_of.register(float)
@cell_of.register(Decimal)
def _finite(value) -> Cell:
    return value if isfinite(value) else None


@cell_of.register(list)
@cell_of.register(tuple)
def _several(values) -> Cell:
    return neutral(", ".join(str(value) for value in values))


def neutral(text: str) -> str:
    """The text without control characters, preceded by an apostrophe where a spreadsheet would run it."""
    clean = _ILLEGAL.sub("", text)
    if _LIVE.match(clean) and not _HARMLESS.fullmatch(clean):
        clean = f"'{clean}"
    return clean if len(clean) <= MOST_CHARACTERS else f"{clean[: MOST_CHARACTERS - 1]}…"
