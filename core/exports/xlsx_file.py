"""XLSX in constant memory: bold frozen head, filters, real numbers, dates and percentages."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO

import xlsxwriter

from core.exports.cells import Column, Figure, cell_of

SPOOL = 1024 * 1024
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd/mm/yyyy",
}


def write(columns: Sequence[Column], rows: Iterable[Sequence], name: str) -> IO[bytes]:
    """The workbook in a temporary file, ready to be read."""
    target = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 the response closes it
    book = xlsxwriter.Workbook(target, _OPTIONS)
    sheet = book.add_worksheet(_sheet_name(name))
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1}),
        "date": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        "instant": book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"}),
        "rate": book.add_format({"num_format": "0.0 %"}),
    }
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width or min(max(len(column.label) + 4, 12), 40))
    sheet.freeze_panes(1, 0)
    for index, column in enumerate(columns):
        sheet.write_string(0, index, cell_of(column.label), formats["head"])
    last = 0
    for last, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            _write(sheet, last, index, cell_of(value), formats)
    if columns:
        sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    target.seek(0)
    return target


def _write(sheet, row: int, column: int, cell, formats) -> None:
    match cell:
        case None | "":
            return
        case Figure():
            sheet.write_number(row, column, cell.value, formats["rate"] if cell.is_rate else None)
        case datetime():
            sheet.write_datetime(row, column, cell, formats["instant"])
        case date():
            sheet.write_datetime(row, column, cell, formats["date"])
        case int() | float() | Decimal():
            sheet.write_number(row, column, cell)
        case _:
            sheet.write_string(row, column, cell)


def _sheet_name(name: str) -> str:
    """A name Excel accepts: 31 characters, none of []:*?/\\ and no apostrophe at either end."""
    kept = "".join(" " if letter in "[]:*?/\\" else letter for letter in name)
    return kept[:31].strip(" '") or "Liste"
