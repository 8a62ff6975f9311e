"""A sheet seen with its headings above, whichever way it lies: lines and columns of its tables."""

from functools import cached_property
from itertools import zip_longest
from typing import NamedTuple

from core.importing import accounts
from core.importing.layout import COLUMNS
from core.importing.places import ReadPlace
from core.sheets.reading.model import Cell, Sheet
from core.sheets.reading.tagged import Plain


class FacedBlock(NamedTuple):
    """A merged block; lines and columns from 1, both ends included."""

    first_line: int
    first_column: int
    last_line: int
    last_column: int

    @property
    def width(self) -> int:
        return self.last_column - self.first_column + 1

    @property
    def height(self) -> int:
        return self.last_line - self.first_line + 1


class Facing:
    """Lines run down and columns across as the headings want it: on axis ROWS the sheet is turned."""

    def __init__(self, sheet: Sheet, axis: str = COLUMNS):
        self.sheet = sheet
        self.axis = axis
        self.is_turned = axis != COLUMNS
        self.lines: list[list[Plain]] = (
            [list(column) for column in zip_longest(*sheet.values)] if self.is_turned else sheet.values
        )

    @cached_property
    def width(self) -> int:
        return max(map(len, self.lines), default=0)

    @property
    def height(self) -> int:
        return len(self.lines)

    def line(self, number: int) -> list[Plain]:
        """The raw values of a line; empty outside the sheet."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else []

    def raw(self, line: int, column: int) -> Plain:
        values = self.line(line)
        return values[column - 1] if 0 < column <= len(values) else None

    def position(self, line: int, column: int) -> tuple[int, int]:
        """The row and column of the sheet."""
        return (column, line) if self.is_turned else (line, column)

    def key(self, line: int, column: int) -> accounts.Cell:
        """The cell as the account names it."""
        return (self.sheet.name, *self.position(line, column))

    def place(self, line: int, column: int) -> ReadPlace:
        return ReadPlace(self.sheet.name, *self.position(line, column), is_line=self.sheet.is_lines)

    def cell(self, line: int, column: int) -> Cell:
        return self.sheet.cell(*self.position(line, column))

    def block(self, line: int, column: int) -> FacedBlock | None:
        """The merged block that covers a place."""
        found = self.sheet.merged_at(*self.position(line, column))
        if found is None:
            return None
        if self.is_turned:
            return FacedBlock(found.first_column, found.first_row, found.last_column, found.last_row)
        return FacedBlock(found.first_row, found.first_column, found.last_row, found.last_column)

    @cached_property
    def merged_lines(self) -> frozenset[int]:
        """The lines that merged blocks cover."""
        spans = (
            (block.first_column, block.last_column) if self.is_turned else (block.first_row, block.last_row)
            for block in self.sheet.merged
        )
        return frozenset(line for first, last in spans for line in range(first, min(last, self.height) + 1))

    def origin(self, line: int, column: int) -> tuple[int, int]:
        """Where the value that a person sees at a place is written: the first cell of its merged block."""
        block = self.block(line, column) if line in self.merged_lines else None
        return (block.first_line, block.first_column) if block else (line, column)

    def words(self, line: int, column: int) -> str:
        """The words a person sees at a place, on one line; those of the block that covers it."""
        if is_blank(self.raw(*self.origin(line, column))):
            return ""
        return " ".join(self.cell(*self.origin(line, column)).text.split())

    def holds(self, line: int, column: int) -> bool:
        """Whether something stands at a place: a value, or a formula without value."""
        return not is_blank(self.raw(line, column)) or self.position(line, column) in self.valueless

    @cached_property
    def valueless(self) -> frozenset[tuple[int, int]]:
        """The formulas saved without their value, by row and column of the sheet."""
        return frozenset(place for place, marks in self.sheet.marks.items() if marks.lacks_value)

    def merged_from(self, line: int, column: int) -> int:
        """The line above that a vertical merge brings down to a place; 0 for none."""
        block = self.block(line, column) if line in self.merged_lines else None
        return block.first_line if block and block.first_line < line and block.first_column == column else 0

    @cached_property
    def filled_columns(self) -> list[list[int]]:
        """The columns of each line that hold something, a formula without value included."""
        found = [filled_of(values) for values in self.lines]
        for line in {self.position(*place)[0] for place in self.valueless}:
            found[line - 1] = [column for column in range(1, self.width + 1) if self.holds(line, column)]
        return found

    def filled(self, line: int, first: int = 1, last: int = 0) -> list[int]:
        """The columns of a line that hold something, within two bounds."""
        found = self.filled_columns[line - 1] if 0 < line <= self.height else []
        if first == 1 and last in (0, self.width):
            return found
        return [column for column in found if first <= column and (not last or column <= last)]

    @cached_property
    def hidden_lines(self) -> frozenset[int]:
        return self.sheet.hidden_columns if self.is_turned else self.sheet.hidden_rows

    @cached_property
    def hidden_columns(self) -> frozenset[int]:
        return self.sheet.hidden_rows if self.is_turned else self.sheet.hidden_columns

    @cached_property
    def struck(self) -> frozenset[tuple[int, int]]:
        """The lines and columns of cells wholly struck out."""
        places = (place for place, marks in self.sheet.marks.items() if marks.is_struck)
        return frozenset((at, row) if self.is_turned else (row, at) for row, at in places)

    @property
    def notes(self) -> list[tuple[int, int, str]]:
        """The notes of cells, with their line and column."""
        noted = [(*place, marks.note) for place, marks in sorted(self.sheet.marks.items()) if marks.note]
        return [(at, row, note) if self.is_turned else (row, at, note) for row, at, note in noted]

    def used_columns(self, first: int, last: int) -> list[int]:
        """The columns that hold something between two lines."""
        return sorted(set().union(*self.filled_columns[first - 1 : last]))


def is_blank(value: Plain) -> bool:
    """Whether a raw value says nothing."""
    return value is None or value == "" or (isinstance(value, str) and value.isspace())


def filled_of(values: list[Plain]) -> list[int]:
    """The columns of raw values that say something; written out, since every cell of a file comes by here."""
    return [
        column
        for column, value in enumerate(values, start=1)
        if value is not None and value != "" and not (value.__class__ is str and value.isspace())
    ]
