"""The account of a file read as tables: headings, rows, unread columns, titles, sheets; nothing stays unspoken."""

from collections.abc import Iterable, Iterator
from operator import attrgetter

from core.importing.accounts import Accounts
from core.importing.accounts import Cell as Key
from core.importing.asks import Ask, Settled
from core.importing.layout import ColumnRead, Layout, TableRead
from core.importing.tables.facing import Facing
from core.importing.tables.recognise import NO, filled_cells
from core.importing.tables.roles import LEFT_UNREAD
from core.importing.tables.rows import Lines
from core.sheets.reading.model import Cell, Workbook

OUTSIDE = "texte hors du tableau"
NOT_READ = "colonne non lue (choisi)"
OF_NO_ROW = "hors des lignes du tableau"
HIDDEN_SHEET = "feuille masquée"
UNKNOWN_SHEET = "aucun tableau reconnu dans cette feuille"
CHOSEN_SHEET = "feuille non lue (choisi)"
CHOSEN_TABLE = "tableau non lu (choisi)"


def account_of(book: Workbook, layout: Layout, lines: Lines) -> Accounts:
    """What becomes of every filled cell, once the rows are matched: `left_out` and `asked` of a row are looked at.

    The trade may still `read` titles it used and `ask` about cells, then closes it.
    """
    accounts = Accounts(filled_cells(book), frozenset(sheet.name for sheet in book.sheets if sheet.is_lines))
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for name, why in _unread_sheets(book, layout):
        accounts.leave_out((cell for cell in accounts.filled if cell[0] == name), why)
    _account_lines(accounts, lines)
    for table in layout.tables:
        _account_table(accounts, table, Facing(sheets[table.sheet], table.axis))
    accounts.leave_out((cell for cell in accounts.unspoken if sheets[cell[0]].is_lines is False), OUTSIDE)
    return accounts


def _account_lines(accounts: Accounts, lines: Lines) -> None:
    for row in lines.rows:
        if row.left_out:
            accounts.leave_out(row.used, row.left_out)
        else:
            accounts.read(*row.used)
        if row.asked:
            accounts.ask(row.used, row.asked)
    for skipped in lines.skipped:
        accounts.leave_out(skipped.cells, skipped.why)
    for ask in lines.asks:
        if ask.is_open:
            accounts.ask(((place.sheet, place.row, place.column) for place in ask.places), ask.code)


def titles_of(book: Workbook, layout: Layout, table: TableRead) -> list[Cell]:
    """The filled cells above a table (after the one before it) and beside it: titles, day, legend."""
    sheet = next(sheet for sheet in book.sheets if sheet.name == table.sheet)
    facing = Facing(sheet, table.axis)
    before = [one.body[1] for one in layout.tables if one.sheet == table.sheet and one.body[1] < table.headings[0]]
    inside: set[Key] = set()
    for one in layout.tables:
        if one.sheet == table.sheet:
            inside.update(_area(one, facing))
    return [
        facing.cell(line, column)
        for line in range(max(before, default=0) + 1, table.body[1] + 1)
        for column in facing.filled(line)
        if facing.key(line, column) not in inside
    ]


def title_texts(book: Workbook, layout: Layout, table: TableRead) -> list[str]:
    """What is written of a table: its titles, and the words before it in a document."""
    lead = next(sheet for sheet in book.sheets if sheet.name == table.sheet).lead
    return [*filter(None, [lead]), *(cell.text for cell in titles_of(book, layout, table))]


def _account_table(accounts: Accounts, table: TableRead, facing: Facing) -> None:
    if not table.is_read:
        accounts.leave_out(_lines(table, facing, table.headings[0]), table.left_out or CHOSEN_TABLE)
        return
    for column in table.columns:
        _account_column(accounts, table, facing, column)
    for ask in _open(table.asks, "heading", "axis"):
        accounts.ask(_lines(table, facing, table.headings[0]), ask.code)
    for ask in _open(table.asks, "struck"):
        accounts.ask(((place.sheet, place.row, place.column) for place in ask.places), ask.code)


def _account_column(accounts: Accounts, table: TableRead, facing: Facing, column: ColumnRead) -> None:
    headings = [facing.key(line, column.number) for line in range(table.headings[0], table.headings[1] + 1)]
    body = (facing.key(line, column.number) for line in range(table.body[0], table.body[1] + 1))
    if column.role.is_open:
        accounts.ask([*headings, *body], column.role.code)
    elif column.code == LEFT_UNREAD:
        why = NOT_READ if column.role.source != Settled.FOUND else column.evidence
        accounts.leave_out([*headings, *body], why)
    else:
        accounts.read(*headings)
        accounts.leave_out(body, OF_NO_ROW)
        for ask in filter(attrgetter("is_open"), column.settings):
            accounts.ask(((place.sheet, place.row, place.column) for place in ask.places), ask.code)


def _open(asks: Iterable[Ask], *names: str) -> Iterator[Ask]:
    return (ask for ask in asks if ask.is_open and ask.code.partition(":")[0] in names)


def _lines(table: TableRead, facing: Facing, first: int) -> Iterator[Key]:
    """Every place of a table from a line on, whatever its columns are."""
    columns = [column.number for column in table.columns] or list(range(1, facing.width + 1))
    for line in range(first, table.body[1] + 1):
        yield from (facing.key(line, column) for column in range(min(columns), max(columns) + 1))


def _area(table: TableRead, facing: Facing) -> Iterator[Key]:
    return _lines(table, facing, table.headings[0]) if table.is_read else iter(())


def _unread_sheets(book: Workbook, layout: Layout) -> Iterator[tuple[str, str]]:
    asks = {ask.code: ask for ask in layout.asks}
    for sheet in book.sheets:
        ask = asks.get(f"sheet:{sheet.name}")
        if ask is not None and ask.value == NO:
            found = HIDDEN_SHEET if sheet.is_hidden else UNKNOWN_SHEET
            yield sheet.name, found if ask.source == Settled.FOUND else CHOSEN_SHEET
