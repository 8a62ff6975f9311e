"""CSV as a French spreadsheet opens it: semicolons, decimal comma, days as 21/11/2026, UTF-8 with its mark."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice

from core.sheets.writing.cells import Column, FigureCell, cell_of, neutral

MARK = "\ufeff"
LINES = 200  # sent together


def write(columns: Sequence[Column], rows: Iterable[Sequence], name: str) -> Iterator[str]:
    """The file some lines at a time, never whole in memory."""
    # Every text is quoted: a comma or a tab inside must not open a cell where the reader splits on them.
    part = io.StringIO(newline="")
    writer = csv.writer(part, delimiter=";", quoting=csv.QUOTE_ALL)
    lines = iter(chain([[column.label for column in columns]], rows))
    part.write(MARK)
    while some := list(islice(lines, LINES)):
        writer.writerows([[_text(cell_of(value)) for value in line] for line in some])
        yield part.getvalue()
        part.seek(0)
        part.truncate()


def _text(cell) -> str:
    match cell:
        case str():
            return neutral(cell)
        case None:
            return ""
        case FigureCell():
            return f"{_number(Decimal(str(cell.value)) * 100)} %" if cell.is_rate else _number(cell.value)
        case datetime():
            return f"{cell:%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case _:
            return _number(cell)


def _number(value) -> str:
    text = f"{Decimal(str(value)):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", ",")
