"""A line of a recognised table, by role: its cells, those merged or carried from above, the lines joined to it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import NamedTuple

from core.importing.accounts import Cell as Key
from core.importing.layout import TableRead
from core.importing.places import Problem, ReadPlace
from core.importing.tables.facing import Facing
from core.sheets.reading.model import Cell, CellValue


class RowKind(StrEnum):
    """A line of the table, or a lone text that heads the next ones."""

    LINE = "line"
    BAND = "band"


class RowPart(NamedTuple):
    """A line of the sheet in a row: `shift` columns too far to the left, for the columns from `first` on."""

    line: int
    shift: int = 0
    first: int = 1


FAR = 100  # lines over a table: beyond, no title of it is looked for


@dataclass(slots=True)
class SourceRow:
    """A line of a table, by role. Cells are made when asked for.

    `number` is the row of the sheet (the column, where the headings go down); `parts` the lines joined in it; `origins`
    the lines that values merged or carried from above come from, by column; `band` the last lone text above (of a
    band: its own). `asked` is the code of the question the row depends on; `left_out` why the trade does not take it.
    """

    table: TableRead
    facing: Facing
    number: int
    kind: RowKind
    by_role: Mapping[str, Sequence[int]]
    parts: tuple[RowPart, ...]
    origins: Mapping[int, int] = field(default_factory=dict)
    band: str = ""
    asked: str = ""
    left_out: str = ""
    ignored: frozenset[tuple[int, int]] = frozenset()  # struck cells that are not taken
    notes: tuple[str, ...] = ()
    notes_to: str = ""

    @property
    def key(self) -> str:
        """Its name within the file."""
        return f"{self.table.name}!{self.number}"

    @property
    def place_of_row(self) -> ReadPlace:
        return self.facing.place(self.number, 0)

    def titles(self) -> Iterator[tuple[Key, str]]:
        """The lone texts over the headings of the table, the nearest first, with their cells."""
        for line in range(self.table.headings[0] - 1, max(self.table.headings[0] - FAR, 0), -1):
            filled = self.facing.filled(line)
            if len(filled) > 1:
                return
            yield from ((self.facing.key(line, column), self.facing.words(line, column)) for column in filled)

    @property
    def codes(self) -> tuple[str, ...]:
        """The roles that say something on this line, merged and carried values included."""
        return tuple(code for code in self.by_role if self.cell(code) is not None)

    def cells(self, code: str) -> list[Cell]:
        """The filled cells of a role, left to right, with the merged and carried ones."""
        return [self.facing.cell(*at) for column in self.by_role.get(code, ()) for at in self._positions(column) if at]

    def cell(self, code: str) -> Cell | None:
        return next(iter(self.cells(code)), None)

    def text(self, code: str) -> str:
        """The words of a role, line by line; nothing for a formula in error."""
        said = [tidy(cell.text) for cell in self.cells(code) if not cell.is_error]
        return "\n".join(filter(None, [*said, *(self.notes if code == self.notes_to else ())]))

    def value(self, code: str) -> CellValue:
        """The value of the first cell of a role."""
        found = self.cell(code)
        return None if found is None or found.is_error else found.value

    def place(self, code: str) -> ReadPlace:
        """Where a role stands on this line, filled or not; the line itself when no column has the role."""
        columns = self.by_role.get(code, ())
        at = next((at for column in columns for at in self._positions(column)), None)
        if at or columns:
            return self.facing.place(*(at or (self.number, columns[0])))
        return self.place_of_row

    def is_carried(self, code: str) -> bool:
        """Whether the value comes from above: a merged block, or a role carried down."""
        columns = self.by_role.get(code, ())
        return any(column in self.origins for column in columns) and not self.has_own(code)

    def has_own(self, code: str) -> bool:
        """Whether something of the role is written on this very line."""
        return any(column not in self.origins and self._positions(column) for column in self.by_role.get(code, ()))

    @property
    def used(self) -> list[Key]:
        """The filled cells that the row was made of."""
        return [
            self.facing.key(*at)
            for columns in self.by_role.values()
            for column in columns
            for at in self._positions(column)
        ]

    def _positions(self, column: int) -> list[tuple[int, int]]:
        """The filled places under a column."""
        if column in self.origins:
            return [(self.origins[column], column)]
        places = [(part.line, column - part.shift) for part in self.parts if column >= part.first]
        return [place for place in places if self.facing.holds(*place) and place not in self.ignored]


@dataclass(slots=True)
class RowCell(SourceRow):
    """One cell of a line that holds several things, read as a line of its own: « Guichet » and « Téléphone »."""

    column: int = 0

    @property
    def key(self) -> str:
        return f"{self.table.name}!{self.number}!{self.column}"

    @property
    def place_of_row(self) -> ReadPlace:
        return self.facing.place(self.number, self.column)


def row_cell(row: SourceRow, code: str, column: int, *, apart: Collection[str]) -> RowCell:
    """The line with one of its columns alone in the role `code`, and nothing in the roles `apart`."""
    held = {one.name: getattr(row, one.name) for one in fields(SourceRow)}
    roles = {role: columns for role, columns in row.by_role.items() if role not in apart}
    return RowCell(**{**held, "by_role": {**roles, code: (column,)}}, column=column)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Cells of a body that make no row, and why."""

    cells: tuple[Key, ...]
    why: str


def tidy(text: str) -> str:
    """The words of a cell on their lines, without the spaces around them nor empty lines."""
    lines = (" ".join(line.split()) for line in text.replace("\0", "").splitlines())
    return "\n".join(line for line in lines if line)


@dataclass
class Lines:
    """The rows of a file with the questions and problems met on the way."""

    rows: list[SourceRow] = field(default_factory=list)
    asks: list = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)

    def __iter__(self) -> Iterator[SourceRow]:
        return (row for row in self.rows if row.kind == RowKind.LINE)
