"""How a file is read: its tables, their orientation and headings, the role of each column; each can be changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.importing.asks import Ask
from core.importing.places import ReadPlace

UNREAD = ""  # the role of a column that nobody reads
COLUMNS, ROWS = "columns", "rows"  # what the headings name
GROUPED = " – "  # between the heading over several columns and that of one of them


@dataclass(frozen=True, slots=True)
class Role:
    """What a column may be: `code` is kept, `label` is read (« Janvier : réalisé »), `group` heads its list.

    `colour` is the name of one of the component's tints (`label`, `value`, `target`, `date`, `person`, `status`,
    `text`, `key`): columns of one kind look alike.
    """

    code: str
    label: str
    group: str = ""
    colour: str = "text"


@dataclass(frozen=True)
class ColumnRead:
    """A column (a row, where the headings go down) with its heading, its role and how its cells are written.

    `role` is an ask among the roles of the import; `settings` are asks too: unit, writing of numbers, order of dates,
    scale. `evidence` says in French why the role was given (« titre « Échéance » »).
    """

    number: int
    heading: str
    role: Ask
    evidence: str = ""
    settings: tuple[Ask, ...] = ()

    @property
    def code(self) -> str:
        """The role's code; empty when the column is not read or still asked about."""
        return self.role.value

    def setting(self, name: str) -> str:
        """The answer of one of its settings, by the last part of its code (« unit »)."""
        return next((one.value for one in self.settings if one.code.rpartition(":")[2] == name), "")


@dataclass(frozen=True)
class TableRead:
    """A table of a sheet. Rows and columns are those of the sheet, from 1, both ends included.

    `axis` COLUMNS: headings stand above the columns; ROWS: they stand at the left and each column is a line.
    `name` is the sheet's, with « (2) » for the second table of one sheet. `asks`: heading row, orientation…
    """

    name: str
    sheet: str
    headings: tuple[int, int]
    body: tuple[int, int]
    columns: tuple[ColumnRead, ...]
    axis: str = COLUMNS
    asks: tuple[Ask, ...] = ()
    is_read: bool = True
    left_out: str = ""  # why it is not read, where nobody chose it

    @property
    def is_undecided(self) -> bool:
        """Whether its headings or the role of a column are asked: what a line says is not known yet."""
        heads = (ask for ask in self.asks if ask.code.startswith(("heading:", "axis:")))
        return any(ask.is_open for ask in (*heads, *(column.role for column in self.columns)))

    def of_role(self, code: str) -> list[ColumnRead]:
        """The columns of a role, left to right."""
        return [column for column in self.columns if column.code == code]

    def place(self, line: int, column: int) -> ReadPlace:
        """The place of the cell of a line under a column, whichever way the table lies."""
        return ReadPlace(self.sheet, line, column) if self.axis == COLUMNS else ReadPlace(self.sheet, column, line)


@dataclass(frozen=True)
class Layout:
    """The reading of a whole file: its tables, and what is asked of the file as a whole (year, site, language)."""

    tables: tuple[TableRead, ...] = ()
    asks: tuple[Ask, ...] = ()
    roles: tuple[Role, ...] = ()
    signature: str = ""  # of the headings: what was chosen is remembered under it
    facts: tuple[tuple[str, str], ...] = field(default=())  # (« Encodage », « Windows-1252 »), to show

    def all_asks(self) -> Iterator[Ask]:
        """Every question about the layout, open or settled."""
        yield from self.asks
        for table in self.tables:
            yield from table.asks
            for column in table.columns:
                yield column.role
                yield from column.settings
