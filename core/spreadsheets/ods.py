"""Reads OpenDocument spreadsheets: content.xml holds the values and the texts a person sees (ODF 1.3 part 3)."""

import re
from datetime import date, datetime
from itertools import takewhile
from pathlib import Path

from core.spreadsheets import limits
from core.spreadsheets.archives import DAMAGED, check_xml, member, open_archive
from core.spreadsheets.dimensions import check_extent
from core.spreadsheets.errors import SpreadsheetError
from core.spreadsheets.raw import RawSheet
from core.spreadsheets.tagged import error
from core.spreadsheets.xml_events import Attributes, walk

_ERROR_TEXT = re.compile(r"#[A-Z0-9/]+ ?[!?]?|Err:\d+|#N/[AD]")
_NUMBERS = ("float", "percentage", "currency")


def read_ods(path: Path) -> list[RawSheet]:
    """The sheets of an ODS. Raises SpreadsheetError."""
    with open_archive(path) as archive:
        content = member(archive, "content.xml")
    if content is None:
        raise SpreadsheetError(DAMAGED)
    check_xml(content)
    reader = _Reader()
    walk(content, start=reader.start, end=reader.end, text=reader.text)
    for sheet in reader.sheets:
        sheet.trim()
    return reader.sheets


class _Reader:
    """Follows the tables, their rows and cells; blank repetitions only move the position."""

    def __init__(self) -> None:
        self.sheets: list[RawSheet] = []
        self._depth = 0  # tables inside a cell are not sheets
        self._row = 0
        self._row_repeat = 1
        self._column = 0
        self._cell: Attributes | None = None
        self._paragraphs: list[str] = []
        self._muted = 0  # inside an annotation

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "table":
            self._open_table(attributes)
        elif self._depth != 1:
            return
        elif name == "table-row":
            self._row += 1
            self._row_repeat = _count(attributes, "table:number-rows-repeated")
            self._column = 0
        elif name in ("table-cell", "covered-table-cell"):
            self._cell, self._paragraphs = attributes, []
        elif self._cell is not None:
            self._open_text(name, attributes)

    def end(self, name: str) -> None:
        if name == "table":
            self._depth -= 1
        elif self._depth != 1:
            return
        elif name == "table-row":
            self._close_row()
        elif name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._close_cell(self._cell)
            self._cell = None
        elif name == "annotation":
            self._muted -= 1

    def text(self, text: str) -> None:
        if self._cell is not None and self._paragraphs and not self._muted:
            self._paragraphs[-1] += text

    def _open_table(self, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth == 1:
            self.sheets.append(RawSheet(attributes.get("table:name", ""), []))
            self._row = 0
            if len(self.sheets) > limits.SHEETS:
                raise SpreadsheetError(f"le classeur a plus de {limits.SHEETS} feuilles. Gardez les feuilles utiles.")

    def _open_text(self, name: str, attributes: Attributes) -> None:
        if name == "annotation":
            self._muted += 1
        elif name == "p" and not self._muted:
            self._paragraphs.append("")
        elif name == "s":
            self.text(" " * min(_count(attributes, "text:c"), 100))
        elif name in ("tab", "line-break"):
            self.text(" ")

    def _close_cell(self, cell: Attributes) -> None:
        shown = "\n".join(self._paragraphs)
        value = _value(cell, shown)
        first, repeat = self._column + 1, _count(cell, "table:number-columns-repeated")
        self._column += repeat
        if value is not None:
            self._fill(first, repeat, value, shown, is_formula="table:formula" in cell)
        self._add_span(cell, first)

    def _fill(self, first: int, repeat: int, value: object, shown: str, *, is_formula: bool) -> None:
        sheet = self.sheets[-1]
        last_row = self._row + self._row_repeat - 1
        check_extent(last_row, first + repeat - 1, sheet=sheet.name)
        sheet.rows.extend([] for _ in range(self._row - len(sheet.rows)))
        line = sheet.rows[self._row - 1]
        line.extend([None] * (first - 1 - len(line)))
        line.extend([value] * repeat)
        for column in range(first, first + repeat):
            if shown and shown != value:
                sheet.texts.append((self._row, column, shown))
            if is_formula:
                sheet.formulas.append((self._row, column))

    def _add_span(self, cell: Attributes, first: int) -> None:
        height, width = _count(cell, "table:number-rows-spanned"), _count(cell, "table:number-columns-spanned")
        if height * width > 1:
            self.sheets[-1].merged.append((self._row, first, self._row + height - 1, first + width - 1))

    def _close_row(self) -> None:
        sheet, repeat = self.sheets[-1], self._row_repeat - 1
        if repeat and len(sheet.rows) == self._row:
            _repeat_last_row(sheet, repeat)
        self._row += repeat


def _repeat_last_row(sheet: RawSheet, repeat: int) -> None:
    last = len(sheet.rows)
    texts = [(column, text) for _row, column, text in takewhile(lambda shown: shown[0] == last, reversed(sheet.texts))]
    check_extent(last + repeat, max(len(sheet.rows[-1]), 1), sheet=sheet.name)
    for row in range(last + 1, last + repeat + 1):
        sheet.rows.append(list(sheet.rows[last - 1]))
        sheet.texts.extend((row, column, text) for column, text in texts)


def _value(cell: Attributes, shown: str) -> object:
    kind = cell.get("office:value-type", "")
    if cell.get("calcext:value-type") == "error" or ("table:formula" in cell and _ERROR_TEXT.fullmatch(shown.strip())):
        return error(shown.strip() or "#ERREUR")
    if kind in _NUMBERS:
        return _number(cell.get("office:value", ""), shown)
    if kind == "date":
        return _moment(cell.get("office:date-value", ""), shown)
    if kind == "boolean":
        return cell.get("office:boolean-value") == "true"
    return shown or cell.get("office:string-value") or None


def _number(text: str, shown: str) -> float | str | None:
    try:
        number = float(text)
    except ValueError:
        return shown or None
    return number if number - number == 0 else shown or None


def _moment(text: str, shown: str) -> object:
    try:
        return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    except ValueError:
        return shown or None


def _count(attributes: Attributes, name: str) -> int:
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 10 else 1
