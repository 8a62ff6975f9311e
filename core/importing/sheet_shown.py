"""The first rows of a sheet as they are, each column with the role it was given: « voici comment nous lisons »."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.importing.layout import COLUMNS, ColumnRead, Layout, TableRead
from core.sheets.reading.addresses import column_letters
from core.sheets.reading.model import Cell, Sheet, Workbook

MOST_LINES = 12  # rows of a table drawn; columns, where the headings go down
MOST_ROLES = 60  # columns drawn with their list; the next ones have their list below
MOST_LISTS = 160
ABOVE = 3  # rows drawn above headings that stand far down
LONGEST_CELL = 60

OPEN, UNREAD, NONE = "ask", "unread", "none"


@dataclass(frozen=True, slots=True)
class CellShown:
    """A cell as it is: its text, how many columns and rows it covers, the tint of its role."""

    text: str
    tint: str = NONE
    columns: int = 1
    rows: int = 1
    is_struck: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeadShown:
    """A column (or a row, where the headings go down) with its lists."""

    name: str
    heading: str
    tint: str
    role_label: str
    column: ColumnRead

    @property
    def title(self) -> str:
        """« Colonne C « Échéance » » (« Ligne 4 … »)."""
        kind = "Ligne" if self.name.isdecimal() else "Colonne"
        return f"{kind} {self.name}{f' « {self.heading} »' if self.heading else ''}"

    @property
    def role_question(self) -> str:
        """The label of its list, for who does not see where it stands."""
        return f"Ce que contient la {self.title[:1].lower()}{self.title[1:]}"

    @property
    def why(self) -> str:
        """Why it was given its role, where that is more than its heading."""
        evidence = self.column.evidence
        return "" if evidence in (f"titre « {self.heading} »", f"sous « {self.heading} »") else evidence

    @property
    def has_open_setting(self) -> bool:
        return any(ask.is_open for ask in self.column.settings)


@dataclass(frozen=True, slots=True)
class RowShown:
    """A row of the sheet; `head` where the headings go down."""

    number: int
    is_heading: bool
    cells: list[CellShown]
    head: HeadShown | None = None
    is_hidden: bool = False


@dataclass(frozen=True)
class TableShown:
    """A table of the file as the page draws it."""

    table: TableRead
    heads: list[HeadShown]
    rows: list[RowShown]
    columns: list[str]
    more_rows: int
    rest: list[HeadShown] = field(default_factory=list)

    @property
    def is_upright(self) -> bool:
        return self.table.axis == COLUMNS

    @property
    def has_open(self) -> bool:
        """Whether something is to be decided in it."""
        return any(ask.is_open for ask in self.table.asks) or any(
            head.tint == OPEN for head in (*self.heads, *self.rest)
        )


def tables_shown(layout: Layout, book: Workbook) -> list[TableShown]:
    """Every table of the layout, over the first rows of its sheet."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    colours = {role.code: role.colour for role in layout.roles}
    return [_shown(table, sheets[table.sheet], colours) for table in layout.tables if table.sheet in sheets]


def _shown(table: TableRead, sheet: Sheet, colours: dict[str, str]) -> TableShown:
    heads = sorted((_head(column, table, colours) for column in table.columns), key=lambda head: head.column.number)
    drawn, rest = heads[:MOST_ROLES], heads[MOST_ROLES:MOST_LISTS]
    if table.axis == COLUMNS:
        return _upright(table, sheet, drawn, rest)
    return _lying(table, sheet, drawn, rest)


def _upright(table: TableRead, sheet: Sheet, heads: list[HeadShown], rest: list[HeadShown]) -> TableShown:
    """Headings above: a list over each column, the first rows under them."""
    first = max(1, table.headings[0] - ABOVE)
    rows = range(first, min(first + MOST_LINES - 1, sheet.row_count) + 1)
    columns = [head.column.number for head in heads]
    tints = {head.column.number: head.tint for head in heads}
    drawn = []
    for row in rows:
        is_heading = table.headings[0] <= row <= table.headings[1]
        of_row = tints if row >= table.headings[0] else {}
        is_hidden = row in sheet.hidden_rows
        drawn.append(RowShown(row, is_heading, _cells(sheet, row, rows, columns, of_row), is_hidden=is_hidden))
    below = max(0, table.body[1] - rows.stop + 1) if rows else 0
    return TableShown(table, heads, drawn, [], below, rest)


def _lying(table: TableRead, sheet: Sheet, heads: list[HeadShown], rest: list[HeadShown]) -> TableShown:
    """Headings at the left: a list at the head of each row, the first columns of values."""
    first = max(1, table.headings[0] - ABOVE)
    columns = list(range(first, min(first + MOST_LINES - 1, sheet.column_count) + 1))
    rows = [head.column.number for head in heads]
    drawn = []
    for head in heads:
        tints = dict.fromkeys(columns, head.tint)
        number = head.column.number
        drawn.append(RowShown(number, False, _cells(sheet, number, rows, columns, tints), head))
    return TableShown(table, heads, drawn, [column_letters(column) for column in columns], 0, rest)


def _head(column: ColumnRead, table: TableRead, colours: dict[str, str]) -> HeadShown:
    name = column_letters(column.number) if table.axis == COLUMNS else str(column.number)
    role = column.role
    tint = OPEN if role.is_open else colours.get(role.value, UNREAD)
    return HeadShown(name, " ".join(column.heading.split()), tint, role.value_label or "non lu", column)


def _cells(
    sheet: Sheet, row: int, rows: Sequence[int], columns: Sequence[int], tints: Mapping[int, str]
) -> list[CellShown]:
    """The cells of a row as they are seen: a merged block once, cut to what is drawn."""
    cells = []
    for column in columns:
        block = sheet.merged_at(row, column)
        if block is None:
            cells.append(_cell(sheet.cell(row, column), tints.get(column, NONE)))
            continue
        first_row = next((one for one in rows if one >= block.first_row), row)
        first_column = next((one for one in columns if one >= block.first_column), column)
        if (row, column) != (first_row, first_column):
            continue
        wide = sum(column <= one <= block.last_column for one in columns)
        high = sum(row <= one <= block.last_row for one in rows)
        cells.append(_cell(sheet.value_at(row, column), tints.get(column, NONE), wide, high))
    return cells


def _cell(cell: Cell, tint: str, wide: int = 1, high: int = 1) -> CellShown:
    text = "formule sans valeur" if cell.lacks_value else cell.text
    return CellShown(_short(text), tint, wide, high, cell.is_struck, _short(cell.note))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"
