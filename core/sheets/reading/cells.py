"""A cell of what was read, and what it has beyond its value."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from core.sheets.reading.addresses import address_of
from core.sheets.reading.formats import plain_text

CellValue = str | int | float | Decimal | date | datetime | bool | None
Place = tuple[int, int]

_SUFFIX = re.compile(r"[\d.,\s]*\d[.,\s]*(\D*)")


class Marks(NamedTuple):
    """What a cell has beyond its value; most cells have nothing.

    `is_percent`: its number format multiplies by a hundred. `lacks_value`: a formula saved without its value.
    `struck_text`: the part struck out when only a part is. `fill` and `ink`: the colours of the ground and of the text,
    RRGGBB. `covered_text`: what a merge hides.
    """

    is_percent: bool = False
    lacks_value: bool = False
    is_struck: bool = False
    struck_text: str = ""
    fill: str = ""
    note: str = ""
    covered_text: str = ""
    ink: str = ""


NO_MARKS = Marks()


class Cell(NamedTuple):
    """One cell; row and column count from 1. `shown` is the text its number format gives, when it has one."""

    row: int
    column: int
    value: CellValue
    shown: str | None = None
    is_formula: bool = False
    is_error: bool = False
    marks: Marks = NO_MARKS
    is_hidden: bool = False
    is_line: bool = False

    @property
    def address(self) -> str:
        """`F12`, or `L12` in a text that is no table."""
        return f"L{self.row}" if self.is_line else address_of(self.row, self.column)

    @property
    def text(self) -> str:
        """What a person sees on the screen, as far as it is known: `98,7%` for 0.987."""
        return self.shown if self.shown is not None else plain_text(self.value)

    @property
    def is_empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())

    @property
    def is_percent(self) -> bool:
        """Is the number a ratio that its format multiplies (0.987 under `0.0%`)?"""
        return self.marks.is_percent

    @property
    def literal_suffix(self) -> str:
        """What the number format writes after the number as it is: `%` for 95.2 under `0.0" %"`, `jours`."""
        if self.shown is None or self.is_percent or not isinstance(self.value, int | float):
            return ""
        found = _SUFFIX.fullmatch(self.shown.lstrip("-+ "))
        return found[1].strip() if found else ""

    @property
    def lacks_value(self) -> bool:
        """Is it a formula saved without its value? A person who opens the file sees one."""
        return self.marks.lacks_value

    @property
    def is_struck(self) -> bool:
        return self.marks.is_struck

    @property
    def struck_text(self) -> str:
        return self.marks.struck_text

    @property
    def fill(self) -> str:
        return self.marks.fill

    @property
    def ink(self) -> str:
        """The colour of its text; empty for black and white."""
        return self.marks.ink

    @property
    def note(self) -> str:
        return self.marks.note

    @property
    def covered_text(self) -> str:
        return self.marks.covered_text
