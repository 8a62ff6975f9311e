"""A sheet seen with its periods across, whichever way it lies: « lines » go down, « places » go across, both from 1."""

from functools import cached_property
from itertools import zip_longest

from core.importing.layout import COLUMNS
from core.importing.places import ReadPlace
from core.sheets.reading.model import Cell, MergedRange, Sheet
from core.sheets.reading.tagged import Plain

MOST_PLACES = 400
ALONG_ROWS = 120  # columns searched when periods stand across


class View:
    """`axis` COLUMNS: lines are rows; ROWS: lines are columns, as in a table whose months go down."""

    def __init__(self, sheet: Sheet, axis: str):
        self.sheet, self.axis = sheet, axis
        self.is_upright = axis == COLUMNS

    @cached_property
    def raw(self) -> list[list[Plain]]:
        """The values, line by line."""
        if self.is_upright:
            return self.sheet.values
        return [list(line) for line in zip_longest(*self.sheet.values[:MOST_PLACES])][:ALONG_ROWS]

    @property
    def lines(self) -> int:
        return len(self.raw)

    @cached_property
    def width(self) -> int:
        if self.is_upright:
            return min(self.sheet.column_count, ALONG_ROWS)
        return min(self.sheet.row_count, MOST_PLACES)

    def at(self, line: int, place: int) -> Cell:
        """The cell itself."""
        return self.sheet.cell(line, place) if self.is_upright else self.sheet.cell(place, line)

    def seen(self, line: int, place: int) -> Cell:
        """The cell a person sees there: inside a merged block, its top left one."""
        return self.sheet.value_at(line, place) if self.is_upright else self.sheet.value_at(place, line)

    def block(self, line: int, place: int) -> tuple[int, int, int, int] | None:
        """First and last line, first and last place of the merged block there."""
        found = self.sheet.merged_at(line, place) if self.is_upright else self.sheet.merged_at(place, line)
        return self._turned(found) if found else None

    def is_blank(self, line: int, place: int) -> bool:
        values = self.raw[line - 1] if 0 < line <= len(self.raw) else ()
        value = values[place - 1] if 0 < place <= len(values) else None
        return value is None or (isinstance(value, str) and not value.strip())

    def place(self, line: int, place: int) -> ReadPlace:
        return ReadPlace(self.sheet.name, line, place) if self.is_upright else ReadPlace(self.sheet.name, place, line)

    def heading_place(self, place: int) -> ReadPlace:
        """The whole column (row, where periods go down) of a place."""
        return ReadPlace(self.sheet.name, 0, place) if self.is_upright else ReadPlace(self.sheet.name, place, 0)

    def filled(self, line: int) -> list[int]:
        """The places that hold something on a line."""
        if not 0 < line <= len(self.raw):
            return []
        values = self.raw[line - 1][: self.width]
        return [
            n for n, value in enumerate(values, start=1) if value is not None and value != "" and str(value).strip()
        ]

    def _turned(self, block: MergedRange) -> tuple[int, int, int, int]:
        rows, columns = (block.first_row, block.last_row), (block.first_column, block.last_column)
        return (*rows, *columns) if self.is_upright else (*columns, *rows)
