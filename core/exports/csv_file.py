"""CSV as a French spreadsheet opens it: semicolons, decimal comma, days as 21/11/2026, UTF-8 with its mark."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from core.exports.cells import Column, Figure, cell_of

MARK = "\ufeff"


def write(columns: Sequence[Column], rows: Iterable[Sequence], name: str) -> Iterator[str]:
    """The file line by line, never whole in memory."""
    # Every text is quoted: a comma or a tab inside must not open a cell where the reader splits on them.
    writer = csv.writer(_Echo(), delimiter=";", quoting=csv.QUOTE_ALL)
    yield MARK + writer.writerow([_text(cell_of(column.label)) for column in columns])
    for row in rows:
        yield writer.writerow([_text(cell_of(value)) for value in row])


def _text(cell) -> str:
    match cell:
        case None:
            return ""
        case Figure():
            return f"{_number(Decimal(str(cell.value)) * 100)} %" if cell.is_rate else _number(cell.value)
        case datetime():
            return f"{cell:%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case int() | float() | Decimal():
            return _number(cell)
        case _:
            return cell


def _number(value) -> str:
    text = f"{Decimal(str(value)):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text
