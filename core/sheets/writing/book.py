"""A workbook written by XlsxWriter: the one place where it is opened, so that no text becomes a formula or a link."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from core.sheets.writing.cells import Column, FigureCell, cell_of

SPOOL = 1024 * 1024
LONGEST_NAME, FORBIDDEN = 31, "[]:*?/\\"
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_STYLES: dict[str, dict[str, Any]] = {
    "head": {"bold": True, "bottom": 1},
    "date": {"num_format": "dd/mm/yyyy", "align": "left"},
    "instant": {"num_format": "dd/mm/yyyy hh:mm", "align": "left"},
    "rate": {"num_format": "0.0 %"},
}


class Book:
    """A workbook in a temporary file. `styles` are XlsxWriter formats by name, over those of plain lists.

    `is_streamed` keeps one row in memory: rows are then written from top to bottom, without merged cells.
    """

    def __init__(self, *, is_streamed: bool = True, styles: dict[str, dict[str, Any]] | None = None):
        from core.sheets.writing.streamed import StreamedSheet, Workbook  # heavy: loaded by who writes a workbook

        self.target: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 the response closes it
        self.file = Workbook(self.target, {**_SAFE, "constant_memory": is_streamed})
        self.formats = {name: self.file.add_format(style) for name, style in {**_STYLES, **(styles or {})}.items()}
        self._sheets = StreamedSheet if is_streamed else None  # None: those of XlsxWriter
        self._names: set[str] = set()

    def sheet(self, name: str, *, otherwise: str = "Liste"):
        """A new sheet, under a name that Excel accepts and no other sheet has; `otherwise` where none is left of it."""
        return self.file.add_worksheet(self._free_name(name, otherwise), self._sheets)

    def put(self, sheet, row: int, column: int, value, style: str = "") -> None:
        """Write one cell as what it is: a number, a day, a text that stays a text. A style named wins over its own."""
        self._write(sheet, row, column, cell_of(value), self.formats.get(style))

    def merge(self, sheet, place: tuple[int, int, int, int], value, style: str) -> None:
        """Write a block: first row, first column, last row, last column."""
        if place[:2] != place[2:]:
            sheet.merge_range(*place, "", self.formats[style])
        self.put(sheet, *place[:2], value, style)

    def list(self, columns: Sequence[Column], rows: Iterable[Sequence], name: str) -> None:
        """A sheet that lists rows under bold frozen heads, with filters."""
        sheet = self.sheet(name)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width or min(max(len(column.label) + 4, 12), 40))
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(columns):
            self.put(sheet, 0, index, column.label, "head")
        last = 0
        for last, row in enumerate(rows, start=1):
            for index, value in enumerate(row):
                self._write(sheet, last, index, cell_of(value), None)
        if columns:
            sheet.autofilter(0, 0, last, len(columns) - 1)

    def close(self) -> IO[bytes]:
        """The file, ready to be read."""
        self.file.close()
        self.target.seek(0)
        return self.target

    def _write(self, sheet, row: int, column: int, cell, style) -> None:
        match cell:
            case str() if cell:
                sheet.write_string(row, column, cell, style)
            case None | "":
                if style:
                    sheet.write_blank(row, column, None, style)
            case FigureCell():
                sheet.write_number(row, column, cell.value, style or (self.formats["rate"] if cell.is_rate else None))
            case datetime():
                sheet.write_datetime(row, column, cell, style or self.formats["instant"])
            case date():
                sheet.write_datetime(row, column, cell, style or self.formats["date"])
            case int() | float() | Decimal():
                sheet.write_number(row, column, cell, style)

    def _free_name(self, wanted: str, otherwise: str) -> str:
        base = "".join(" " if letter in FORBIDDEN else letter for letter in wanted)[:LONGEST_NAME].strip(" '")
        base = base or otherwise
        name, number = base, 1
        while name.casefold() in self._names:
            number += 1
            suffix = f" ({number})"
            if len(base + suffix) > LONGEST_NAME:  # rather than cut the year off « Enquête de satisfaction 2025 »
                suffix = f"-{number}"
            name = base[: LONGEST_NAME - len(suffix)] + suffix
        self._names.add(name.casefold())
        return name
