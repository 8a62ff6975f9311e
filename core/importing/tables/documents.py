"""Tables of a text document: which of them are read is asked, and one cut by a page goes on without its headings."""

from dataclasses import replace

from core.importing.asks import Given, Option, settle
from core.importing.layout import COLUMNS, Layout, TableRead
from core.sheets.reading.addresses import column_letters
from core.sheets.reading.model import Sheet, Workbook

DOCUMENTS = ("docx", "odt")
AND = "+"
SHOWN = 4  # headings that name a table in a list


def is_document(book: Workbook) -> bool:
    """Whether the file is a text, that holds other tables beside: headers, versions, signatures."""
    return book.kind in DOCUMENTS


def goes_on(sheet: Sheet, above: TableRead) -> bool:
    """Whether a table whose headings are unknown may be the end of the one just before: as many columns."""
    numbers = [column.number for column in above.columns]
    return above.axis == COLUMNS and bool(numbers) and sheet.column_count == max(numbers)


def continued(sheet: Sheet, above: TableRead, *, given: Given) -> TableRead:
    """The end of a table that a page cut: the columns of its beginning, no headings of its own."""
    columns = []
    for column in above.columns:
        role = column.role
        ask = settle(
            given,
            f"role:{sheet.name}:{column_letters(column.number)}",
            role.question,
            role.options,
            found=role.value,
            proposed=role.proposed,
            places=[above.place(line, column.number) for line in above.headings],
            text=role.text,
        )
        columns.append(replace(column, role=ask, settings=()))
    return TableRead(sheet.name, sheet.name, (0, 0), (1, sheet.row_count), tuple(columns))


def chosen_of(book: Workbook, layout: Layout, *, given: Given) -> Layout:
    """The layout of a document with the question of its tables, the likely ones proposed together."""
    read = [table for table in layout.tables if table.is_read]
    if not is_document(book) or not read:
        return layout
    names = [table.name for table in read]
    options = _options(read, names)
    ask = settle(
        given,
        "tables",
        "Un document contient d’autres tableaux : lesquels reprendre ?",
        options,
        proposed=options[0].value,
        places=[table.place(max(table.headings[1], 1), column.number) for table in read for column in table.columns],
    )
    kept = ask.value.split(AND) if ask.value else names
    tables = [one if one.name in kept else replace(one, is_read=False, columns=(), asks=()) for one in layout.tables]
    return replace(layout, tables=tuple(tables), asks=(*layout.asks, ask))


def _options(tables: list[TableRead], names: list[str]) -> list[Option]:
    """All the tables together, then each of them."""
    options = [Option(table.name, f"{table.name} : {_headings(table)}") for table in tables]
    together = Option(AND.join(names), f"{', '.join(names[:-1])} et {names[-1]}")
    return [together, *options] if len(tables) > 1 else options


def _headings(table: TableRead) -> str:
    told = [column.heading for column in table.columns if column.heading]
    return f"{', '.join(told[:SHOWN])}{'…' if len(told) > SHOWN else ''}"
