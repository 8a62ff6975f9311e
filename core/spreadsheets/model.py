"""What reading gives back: a workbook, its sheets and their cells.

Cells are made when they are asked for: a sheet of 250,000 values costs a caller only what it looks at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from core.spreadsheets.addresses import address_of, position_of
from core.spreadsheets.formats import plain_text
from core.spreadsheets.tagged import Plain, decode

CellValue = str | int | float | Decimal | date | datetime | bool | None


class Cell(NamedTuple):
    """One cell; row and column count from 1. `shown` is the text its number format gives, when it has one."""

    row: int
    column: int
    value: CellValue
    shown: str | None = None
    is_formula: bool = False
    is_error: bool = False

    @property
    def address(self) -> str:
        return address_of(self.row, self.column)

    @property
    def text(self) -> str:
        """What a person sees on the screen, as far as it is known: `98,7%` for 0.987."""
        return self.shown if self.shown is not None else plain_text(self.value)

    @property
    def is_empty(self) -> bool:
        return self.value is None or (isinstance(self.value, str) and not self.value.strip())


@dataclass(frozen=True, slots=True)
class MergedRange:
    """A block of merged cells: rows and columns from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def width(self) -> int:
        return self.last_column - self.first_column + 1

    @property
    def height(self) -> int:
        return self.last_row - self.first_row + 1

    def positions(self) -> Iterator[tuple[int, int]]:
        for row in range(self.first_row, self.last_row + 1):
            for column in range(self.first_column, self.last_column + 1):
                yield row, column


@dataclass(frozen=True)
class Sheet:
    """One sheet. `values` are the raw rows; use `rows` or `cell` to see cells with their address and text."""

    name: str
    values: list[list[Plain]]
    merged: list[MergedRange] = field(default_factory=list)
    texts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: frozenset[tuple[int, int]] = frozenset()
    is_hidden: bool = False

    @property
    def row_count(self) -> int:
        return len(self.values)

    @cached_property
    def column_count(self) -> int:
        return max(map(len, self.values), default=0)

    @property
    def rows(self) -> Iterator[list[Cell]]:
        """Every row from the first, with one cell per column up to the row's last filled one."""
        for row, values in enumerate(self.values, start=1):
            yield [self._cell(row, column, plain) for column, plain in enumerate(values, start=1)]

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place, empty outside the filled area."""
        values = self.values[row - 1] if 0 < row <= len(self.values) else ()
        return self._cell(row, column, values[column - 1] if 0 < column <= len(values) else None)

    def at(self, address: str) -> Cell:
        """The cell at `F12`. Raises ValueError on a text that is no address."""
        return self.cell(*position_of(address))

    def value_at(self, row: int, column: int) -> Cell:
        """The cell a person sees at a place: inside a merged range, its top left cell."""
        block = self.merged_at(row, column)
        return self.cell(block.first_row, block.first_column) if block else self.cell(row, column)

    def merged_at(self, row: int, column: int) -> MergedRange | None:
        """The merged range that covers a place."""
        return self._merged_by_position.get((row, column))

    @cached_property
    def _merged_by_position(self) -> dict[tuple[int, int], MergedRange]:
        """Ranges never overlap in an honest file: together they cover no more places than the sheet has."""
        found: dict[tuple[int, int], MergedRange] = {}
        left = self.row_count * self.column_count
        for block in self.merged:
            clipped = _clipped(block, self.row_count, self.column_count)
            left -= clipped.width * clipped.height
            if left < 0:
                break
            found |= dict.fromkeys(clipped.positions(), block)
        return found

    def _cell(self, row: int, column: int, plain: Plain) -> Cell:
        value, is_error = decode(plain)
        place = (row, column)
        return Cell(row, column, value, self.texts.get(place), place in self.formulas, is_error)


@dataclass(frozen=True)
class Workbook:
    """A file as read: `name` is the one its sender gave it."""

    name: str
    sheets: list[Sheet]


def _clipped(block: MergedRange, rows: int, columns: int) -> MergedRange:
    """A range may be declared down to the last row of the sheet: keep the part that holds something."""
    return MergedRange(
        block.first_row,
        block.first_column,
        min(block.last_row, max(rows, block.first_row)),
        min(block.last_column, max(columns, block.first_column)),
    )
