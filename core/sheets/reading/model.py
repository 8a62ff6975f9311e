"""What reading gives back: a workbook, its sheets and their cells, and the remarks of the reading itself.

Cells are made when they are asked for: a sheet of 250,000 values costs a caller only what it looks at. What a few cells
have beyond a value (a note, a colour, a strike…) is kept apart, by place.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from functools import cached_property
from typing import Any

from core.sheets.reading.addresses import position_of
from core.sheets.reading.cells import NO_MARKS, Cell, CellValue, Marks, Place
from core.sheets.reading.tagged import Plain, decode

__all__ = ["Cell", "CellValue", "Marks", "MergedRange", "Place", "Remark", "Sheet", "Workbook"]


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

    def positions(self) -> Iterator[Place]:
        for row in range(self.first_row, self.last_row + 1):
            for column in range(self.first_column, self.last_column + 1):
                yield row, column


@dataclass(frozen=True)
class Sheet:
    """One sheet. `values` are the raw rows; use `rows` or `cell` to see cells with their address and text.

    `hidden_rows` holds the filtered ones too. `is_lines`: a text that is no table, one line a row. `lead`: the words
    just before a table of a document.
    """

    name: str
    values: list[list[Plain]]
    merged: list[MergedRange] = field(default_factory=list)
    texts: Mapping[Place, str] = field(default_factory=dict)
    formulas: frozenset[Place] = frozenset()
    is_hidden: bool = False
    marks: Mapping[Place, Marks] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    filtered_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    is_lines: bool = False
    lead: str = ""

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

    def filled(self) -> Iterator[Cell]:
        """Every cell that holds something, row by row: a value, a formula without value, a text under a merge."""
        for row in self.rows:
            yield from (cell for cell in row if not cell.is_empty or cell.lacks_value or cell.covered_text)

    def noted(self) -> list[Cell]:
        """Every cell with a note, those without value included."""
        return [self.cell(*place) for place, marks in sorted(self.marks.items()) if marks.note]

    def to_json(self) -> dict[str, Any]:
        """The sheet as JSON knows it, without what it has not."""
        told = {
            "merged": [list(astuple(block)) for block in self.merged],
            "texts": [[row, column, text] for (row, column), text in self.texts.items()],
            "formulas": _runs(self.formulas),
            "marks": _marks_to_json(self.marks),
            "hidden_rows": sorted(self.hidden_rows),
            "filtered_rows": sorted(self.filtered_rows),
            "hidden_columns": sorted(self.hidden_columns),
            "is_hidden": self.is_hidden,
            "is_lines": self.is_lines,
            "lead": self.lead,
        }
        return {"name": self.name, "rows": self.values} | {key: value for key, value in told.items() if value}

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Sheet":
        return cls(
            name=told["name"],
            values=told["rows"],
            merged=[MergedRange(*block) for block in told.get("merged", ())],
            texts={(row, column): text for row, column, text in told.get("texts", ())},
            formulas=frozenset(_places(told.get("formulas", ()))),
            marks=_marks_from_json(told.get("marks", ())),
            is_hidden=told.get("is_hidden", False),
            hidden_rows=frozenset(told.get("hidden_rows", ())),
            filtered_rows=frozenset(told.get("filtered_rows", ())),
            hidden_columns=frozenset(told.get("hidden_columns", ())),
            is_lines=told.get("is_lines", False),
            lead=told.get("lead", ""),
        )

    @cached_property
    def _merged_by_position(self) -> dict[Place, MergedRange]:
        return covered_places(self.merged, self.row_count, self.column_count)

    def _cell(self, row: int, column: int, plain: Plain) -> Cell:
        value, is_error = decode(plain)
        place = (row, column)
        marks = self.marks.get(place, NO_MARKS)
        is_hidden = row in self.hidden_rows or column in self.hidden_columns
        is_formula = place in self.formulas
        return Cell(row, column, value, self.texts.get(place), is_formula, is_error, marks, is_hidden, self.is_lines)


@dataclass(frozen=True)
class Remark:
    """A French sentence of the reading itself, for the person: a doubtful byte, a quote never closed."""

    text: str
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True)
class Workbook:
    """A file as read: `name` is the one its sender gave it; `encoding` is that of a text."""

    name: str
    sheets: list[Sheet]
    kind: str = ""
    encoding: str = ""
    remarks: list[Remark] = field(default_factory=list)

    def to_json(self) -> dict[str, Any]:
        """The workbook as JSON knows it: `from_json` gives it back exactly."""
        return {
            "name": self.name,
            "kind": self.kind,
            "encoding": self.encoding,
            "remarks": [list(astuple(remark)) for remark in self.remarks],
            "sheets": [sheet.to_json() for sheet in self.sheets],
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Workbook":
        sheets = [Sheet.from_json(sheet) for sheet in told["sheets"]]
        remarks = [Remark(*remark) for remark in told["remarks"]]
        return cls(told["name"], sheets, told["kind"], told["encoding"], remarks)


def covered_places(merged: Iterable[MergedRange], rows: int, columns: int) -> dict[Place, MergedRange]:
    """The range over each place, within the filled area.

    Ranges never overlap in an honest file: together they cover no more places than the sheet has.
    """
    found: dict[Place, MergedRange] = {}
    left = rows * columns
    for block in merged:
        clipped = _clipped(block, rows, columns)
        left -= clipped.width * clipped.height
        if left < 0:
            break
        found |= dict.fromkeys(clipped.positions(), block)
    return found


def _clipped(block: MergedRange, rows: int, columns: int) -> MergedRange:
    """A range may be declared down to the last row of the sheet: keep the part that holds something."""
    return MergedRange(
        block.first_row,
        block.first_column,
        min(block.last_row, max(rows, block.first_row)),
        min(block.last_column, max(columns, block.first_column)),
    )


def _marks_to_json(marks: Mapping[Place, Marks]) -> list[list[Any]]:
    places: dict[Marks, list[Place]] = defaultdict(list)
    for place, found in marks.items():
        places[found].append(place)
    return [[_told(found), _runs(where)] for found, where in places.items()]


def _marks_from_json(told: Iterable[list[Any]]) -> dict[Place, Marks]:
    found: dict[Place, Marks] = {}
    for marks, runs in told:
        found |= dict.fromkeys(_places(runs), Marks(**marks))
    return found


def _told(marks: Marks) -> dict[str, object]:
    return {name: value for name, value in marks._asdict().items() if value}


def _runs(places: Iterable[Place]) -> list[list[int]]:
    """Places as runs of a row: `[12, 3, 9]` is row 12, columns 3 to 9."""
    runs: list[list[int]] = []
    for row, column in sorted(places):
        if runs and runs[-1][0] == row and runs[-1][2] == column - 1:
            runs[-1][2] = column
        else:
            runs.append([row, column, column])
    return runs


def _places(runs: Iterable[list[int]]) -> Iterator[Place]:
    for row, first, last in runs:
        yield from ((row, column) for column in range(first, last + 1))
