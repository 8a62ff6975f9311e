"""Reads OpenDocument: a workbook's sheets, or the tables and the text of a document (ODF 1.3 part 3).

content.xml holds the values and the texts a person sees.
"""

import re
from datetime import date, datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

from core.sheets.reading import limits
from core.sheets.reading.archives import DAMAGED, check_xml, member, open_archive
from core.sheets.reading.cells import NO_MARKS
from core.sheets.reading.dimensions import check_extent
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.kinds import ODS, ODT
from core.sheets.reading.model import Remark
from core.sheets.reading.odf_styles import Styles
from core.sheets.reading.paragraphs import (
    NO_WORDS,
    REVISED,
    Paragraph,
    joined,
    lead_of,
    nested,
    struck_of,
    table_name,
    text_sheet,
)
from core.sheets.reading.raw import RawBook, RawSheet
from core.sheets.reading.tagged import error
from core.sheets.reading.xml_events import Attributes, integer, walk

_ERROR_TEXT = re.compile(r"#[A-Z0-9/]+ ?[!?]?|Err:\d+|#N/[AD]")
_NUMBERS = ("float", "percentage", "currency")
_CELLS = ("table-cell", "covered-table-cell")
_MUTED = ("tracked-changes", "note")
_MOST_BLANKS = 100  # blank cells side by side that tell their colour


def read_opendocument(path: Path, *, kind: str = ODS) -> RawBook:
    """The sheets of an ODS, or the tables and the text of an ODT. Raises SpreadsheetError."""
    with open_archive(path) as archive:
        content, common = member(archive, "content.xml"), member(archive, "styles.xml") or b"<none/>"
    if content is None:
        raise SpreadsheetError(DAMAGED)
    check_xml(content)
    check_xml(common)
    reader = _OdsReader(kind)
    walk(common, start=reader.styles.start, end=reader.styles.end)
    walk(content, start=reader.start, end=reader.end, text=reader.text)
    if kind == ODS:
        return RawBook(kind, reader.sheets, remarks=reader.remarks)
    sheets = reader.sheets + text_sheet(reader.outside)
    if not sheets:
        raise SpreadsheetError(NO_WORDS)
    return RawBook(kind, sheets, remarks=reader.remarks)


class _OdsReader:
    """Follows the tables, their rows and cells; blank repetitions only move the position."""

    def __init__(self, kind: str) -> None:
        self.sheets: list[RawSheet] = []
        self.outside: list[Paragraph] = []  # paragraphs of a document that stand in no table
        self.remarks: list[Remark] = []
        self.styles = Styles()
        self._kind = kind
        self._depth = 0  # tables inside a cell are not sheets
        self._row = 0
        self._row_repeat = 1
        self._row_style = ""
        self._column = 0
        self._column_styles: list[str] = []
        self._cell: Attributes | None = None
        self._paragraphs: list[Paragraph] = []
        self._note: list[Paragraph] = []
        self._in_note = False
        self._muted = 0  # inside what was deleted, or a note at the foot of the page
        self._is_item = False
        self._struck: list[bool] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "table":
            self._open_table(attributes)
        elif name in _MUTED:
            self._mute(name)
        elif self._depth == 1 and self._cell is None:
            self._open_part(name, attributes)
        elif self._depth == 0:
            self.styles.start(name, attributes)
        if self._reads_text:
            self._open_text(name, attributes)

    def end(self, name: str) -> None:
        if name == "table":
            self._depth -= 1
        elif name in _MUTED:
            self._muted -= 1
        elif name == "annotation":
            self._in_note = False
        elif name in ("p", "h", "span") and self._struck:
            self._struck.pop()
        elif name == "style":
            self.styles.end(name)
        elif self._depth == 1:
            self._close_part(name)

    def text(self, text: str) -> None:
        sink = self._note if self._in_note else self._paragraphs
        if self._reads_text and sink and self._struck:
            sink[-1].runs.append((text, self._struck[-1]))

    @property
    def _reads_text(self) -> bool:
        """Inside a cell, or anywhere in a document; a table inside a cell of a workbook is not read."""
        if self._muted:
            return False
        return self._kind == ODT or (self._depth == 1 and self._cell is not None)

    def _mute(self, name: str) -> None:
        self._muted += 1
        if name == "tracked-changes" and REVISED not in self.remarks:
            self.remarks.append(REVISED)

    def _open_table(self, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth == 1:
            name = attributes.get("table:name", "") if self._kind == ODS else table_name(len(self.sheets) + 1)
            is_hidden = not self.styles.is_displayed(attributes.get("table:style-name", ""))
            self.sheets.append(RawSheet(name, [], is_hidden=is_hidden, lead=lead_of(self.outside)))
            self._row, self._column_styles = 0, []
            if len(self.sheets) > limits.SHEETS:
                raise SpreadsheetError(f"le classeur a plus de {limits.SHEETS} feuilles. Gardez les feuilles utiles.")
        elif self._depth == 2 and self._kind == ODT:
            self.remarks.append(nested(self.sheets[-1].name, self._row, self._column + 1))

    def _open_part(self, name: str, attributes: Attributes) -> None:
        if name == "table-column":
            self._add_columns(attributes)
        elif name == "table-row":
            self._open_row(attributes)
        elif name in _CELLS:
            self._cell, self._paragraphs, self._note = attributes, [], []

    def _add_columns(self, attributes: Attributes) -> None:
        first = len(self._column_styles)
        repeat = min(_count(attributes, "table:number-columns-repeated"), limits.COLUMNS - first)
        self._column_styles += [attributes.get("table:default-cell-style-name", "")] * repeat
        if attributes.get("table:visibility") in ("collapse", "filter"):
            self.sheets[-1].hidden_columns.update(range(first + 1, first + repeat + 1))

    def _open_row(self, attributes: Attributes) -> None:
        self._row += 1
        self._row_repeat = _count(attributes, "table:number-rows-repeated")
        self._row_style = attributes.get("table:default-cell-style-name", "")
        self._column = 0
        visibility = attributes.get("table:visibility")
        rows = range(self._row, min(self._row + self._row_repeat - 1, limits.ROWS) + 1)
        if visibility in ("collapse", "filter"):
            self.sheets[-1].hidden_rows.update(rows)
        if visibility == "filter":
            self.sheets[-1].filtered_rows.update(rows)

    def _close_part(self, name: str) -> None:
        if name == "table-row" and self._cell is None:
            self._close_row()
        elif name in _CELLS and self._cell is not None:
            self._close_cell(self._cell)
            self._cell = None
            self._paragraphs = self.outside
        elif name == "list-item":
            self._is_item = False

    def _open_text(self, name: str, attributes: Attributes) -> None:
        if name == "annotation":
            self._in_note = True
        elif name in ("p", "h"):
            self._open_paragraph(attributes)
        elif name == "span":
            is_struck = self.styles.is_struck("text", attributes.get("text:style-name", ""))
            self._struck.append(is_struck or self._struck[-1:] == [True])
        elif name == "list-item":
            self._is_item = True
        elif name == "s":
            self.text(" " * min(_count(attributes, "text:c"), 100))
        elif name in ("tab", "line-break"):
            self.text("\n" if name == "line-break" and self._kind == ODT else " ")

    def _open_paragraph(self, attributes: Attributes) -> None:
        if self._depth == 0:
            self._paragraphs = self.outside
        sink = self._note if self._in_note else self._paragraphs
        sink.append(Paragraph(self._is_item))
        self._is_item = False
        self._struck.append(self.styles.is_struck("paragraph", attributes.get("text:style-name", "")))

    def _close_cell(self, cell: Attributes) -> None:
        shown = joined(self._paragraphs)
        value = _value(cell, shown)
        first, repeat = self._column + 1, _count(cell, "table:number-columns-repeated")
        self._column += repeat
        if value is not None:
            self._fill(first, repeat, value, shown, is_formula="table:formula" in cell)
        self._add_marks(cell, first, repeat, value)
        self._add_span(cell, first)

    def _add_marks(self, cell: Attributes, first: int, repeat: int, value: object) -> None:
        sheet, kind = self.sheets[-1], cell.get("office:value-type")
        marks = self._marks(kind, value)
        if value is None and "table:formula" in cell and kind != "string":
            check_extent(self._row, first + repeat - 1, sheet=sheet.name)
            marks["lacks_value"] = True
        elif value is None:
            repeat = min(repeat, _MOST_BLANKS) if self._row_repeat <= _MOST_BLANKS else 0
        own = cell.get("table:style-name") or self._row_style
        for column in range(first, first + repeat):
            look = self.styles.look(own or "".join(self._column_styles[column - 1 : column]))
            if marks or look != NO_MARKS:
                sheet.marks[self._row, column] = look._replace(**marks) if marks else look

    def _marks(self, kind: str | None, value: object) -> dict[str, Any]:
        """What the content of a cell tells beside its look: words struck, a percentage, a note."""
        runs = (run for one in self._paragraphs for run in one.runs)
        marks: dict[str, Any] = struck_of(runs) if self.styles.strikes else {}
        if kind == "percentage" and isinstance(value, float):
            marks["is_percent"] = True
        if note := "\n".join(one.text for one in self._note).strip():
            marks["note"] = note
        return marks

    def _fill(self, first: int, repeat: int, value: object, shown: str, *, is_formula: bool) -> None:
        sheet = self.sheets[-1]
        last_row = self._row + self._row_repeat - 1
        check_extent(last_row, first + repeat - 1, sheet=sheet.name)
        sheet.rows.extend([] for _ in range(self._row - len(sheet.rows)))
        line = sheet.rows[self._row - 1]
        line.extend([None] * (first - 1 - len(line)))
        line.extend([value] * repeat)
        columns = range(first, first + repeat)
        if shown and shown != value:
            sheet.texts += [(self._row, column, shown) for column in columns]
        if is_formula:
            sheet.formulas += [(self._row, column) for column in columns]

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
    marks = [
        (column, sheet.marks[last, column])
        for column in range(1, len(sheet.rows[-1]) + 1)
        if (last, column) in sheet.marks
    ]
    texts = [(column, text) for _row, column, text in takewhile(lambda shown: shown[0] == last, reversed(sheet.texts))]
    check_extent(last + repeat, max(len(sheet.rows[-1]), 1), sheet=sheet.name)
    for row in range(last + 1, last + repeat + 1):
        sheet.rows.append(list(sheet.rows[last - 1]))
        sheet.texts.extend((row, column, text) for column, text in texts)
        sheet.marks.update(((row, column), found) for column, found in marks)


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
    return max(integer(attributes.get(name)), 1)
