"""Reads Word documents: each table is a sheet, the paragraphs around them a last one (ECMA-376 part 1, 17).

What was deleted in a tracked change is left out, what was inserted is kept.
"""

from dataclasses import dataclass, field
from pathlib import Path

from core.sheets.reading import limits
from core.sheets.reading.archives import DAMAGED, check_xml, member, open_archive
from core.sheets.reading.dimensions import check_extent
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.kinds import DOCX
from core.sheets.reading.model import Remark
from core.sheets.reading.paragraphs import (
    NO_WORDS,
    REVISED,
    VANISHED,
    Paragraph,
    joined,
    lead_of,
    marks_of,
    nested,
    table_name,
    text_sheet,
)
from core.sheets.reading.raw import RawBook, RawSheet
from core.sheets.reading.symbols import seen
from core.sheets.reading.xml_events import Attributes, integer, walk

_DELETED = ("del", "moveFrom")
_MUTED = (*_DELETED, "Fallback", "instrText")
_BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
_LISTS = ("ListBullet", "ListNumber", "Listepuces", "Listenum")  # styles of Word in English and in French
_OFF = ("0", "false", "off", "none")


def read_docx(path: Path) -> RawBook:
    """The tables and the text of a .docx. Raises SpreadsheetError."""
    with open_archive(path) as archive:
        body = member(archive, "word/document.xml")
        comments = member(archive, "word/comments.xml") or b"<none/>"
    if body is None:
        raise SpreadsheetError(DAMAGED)
    check_xml(body)
    check_xml(comments)
    reader = _DocxReader(_comments(comments))
    walk(body, start=reader.start, end=reader.end, text=reader.text)
    sheets = reader.sheets + text_sheet(reader.outside)
    if not sheets:
        raise SpreadsheetError(NO_WORDS)
    return RawBook(DOCX, sheets, remarks=reader.remarks)


@dataclass
class _Cell:
    """What is gathered of a cell until it closes."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    width: int = 1
    merge: str = ""  # restart or continue
    fill: str = ""
    inks: set[str] = field(default_factory=set)  # colours of its words


class _DocxReader:
    """Follows the tables, their rows, cells and paragraphs."""

    def __init__(self, comments: dict[str, str]) -> None:
        self.sheets: list[RawSheet] = []
        self.outside: list[Paragraph] = []
        self.remarks: list[Remark] = []
        self._comments = comments
        self._depth = 0
        self._row = 0
        self._column = 0
        self._is_deleted_row = False
        self._cell: _Cell | None = None
        self._open_merges: dict[int, list[int]] = {}  # column → first row, last row, width
        self._muted = 0
        self._is_struck = False
        self._ink = ""
        self._is_vanished = False
        self._reads = False
        self._inside: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        attributes = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        parent = next(reversed(self._inside), "")
        self._inside.append(name)
        if name in _MUTED:
            self._mute(name, parent)
        elif name == "tbl":
            self._open_table()
        elif name in ("tr", "gridBefore", "tc") and self._depth == 1:
            self._open_part(name, attributes)
        elif parent == "tcPr" and self._cell is not None and self._depth == 1:
            self._read_cell_property(name, attributes, self._cell)
        elif not self._muted:
            self._open_text(name, parent, attributes)

    def _open_part(self, name: str, attributes: Attributes) -> None:
        """A row of the table, the columns that it leaves before its first cell, a cell."""
        if name == "tr":
            self._row, self._column, self._is_deleted_row = self._row + 1, 0, False
        elif name == "gridBefore":
            self._column += integer(attributes.get("val"))
        else:
            self._cell = _Cell()

    def end(self, name: str) -> None:
        self._inside.pop()
        if name in _MUTED:
            self._muted -= 1
        elif name == "t":
            self._reads = False
        elif name == "r":
            self._is_struck = self._is_vanished = False
            self._ink = ""
        elif name == "tc" and self._depth == 1 and self._cell is not None:
            self._close_cell(self._cell)
            self._cell = None
        elif name == "tr" and self._depth == 1:
            self._row -= self._is_deleted_row
        elif name == "tbl":
            self._close_table()

    def _close_table(self) -> None:
        self._depth -= 1
        for column in list(self._open_merges) if not self._depth else []:
            self._close_merge(column)

    def text(self, text: str) -> None:
        if self._reads and not self._muted:
            self._say(text)

    def _mute(self, name: str, parent: str) -> None:
        self._muted += 1
        if name in _DELETED and parent == "trPr":
            self._is_deleted_row = True
        if name in _DELETED and REVISED not in self.remarks:
            self.remarks.append(REVISED)

    def _open_table(self) -> None:
        self._depth += 1
        if self._depth == 1:
            self.sheets.append(RawSheet(table_name(len(self.sheets) + 1), [], lead=lead_of(self.outside)))
            self._row = 0
            if len(self.sheets) > limits.SHEETS:
                raise SpreadsheetError(f"le document a plus de {limits.SHEETS} tableaux. Gardez les tableaux utiles.")
        elif self._depth == 2:
            self.remarks.append(nested(self.sheets[-1].name, self._row, self._column + 1))

    def _read_cell_property(self, name: str, attributes: Attributes, cell: _Cell) -> None:
        if name == "gridSpan":
            cell.width = min(max(integer(attributes.get("val")), 1), limits.COLUMNS)
        elif name == "vMerge":
            cell.merge = attributes.get("val", "continue")
        elif name == "shd":
            colour = attributes.get("fill", "").upper()
            cell.fill = colour if len(colour) == 6 and colour != "FFFFFF" else ""

    def _open_text(self, name: str, parent: str, attributes: Attributes) -> None:
        if name == "p":
            self._sink.append(Paragraph())
        elif name == "t":
            self._reads = True
        elif parent == "r":
            self._open_sign(name, attributes)
        elif parent == "rPr" and self._inside[-3] == "r":
            self._read_run_property(name, attributes.get("val", "1"))
        elif name == "pStyle" and self._sink:
            self._sink[-1].is_item = attributes.get("val", "").startswith(_LISTS)
        elif name == "numId" and self._sink:
            self._sink[-1].is_item = attributes.get("val") != "0"

    def _open_sign(self, name: str, attributes: Attributes) -> None:
        if name in _BREAKS:
            self._say(_BREAKS[name])
        elif name == "sym":
            self._say(_symbol(attributes))
        elif name == "commentReference" and self._sink:
            self._sink[-1].notes.append(self._comments.get(attributes.get("id", ""), ""))

    def _read_run_property(self, name: str, value: str) -> None:
        if name in ("strike", "dstrike"):
            self._is_struck = value not in _OFF
        elif name == "color":
            self._ink = "" if value.upper() in ("AUTO", "000000") or len(value) != 6 else value.upper()
        elif name == "vanish":
            self._is_vanished = value not in _OFF
            if VANISHED not in self.remarks:
                self.remarks.append(VANISHED)

    @property
    def _sink(self) -> list[Paragraph]:
        return self.outside if self._cell is None else self._cell.paragraphs

    def _say(self, text: str) -> None:
        if self._sink and not self._is_vanished:
            self._sink[-1].runs.append((text, self._is_struck))
            if self._cell is not None and text.strip():
                self._cell.inks.add(self._ink)

    def _close_cell(self, cell: _Cell) -> None:
        if self._is_deleted_row:
            return
        sheet, column = self.sheets[-1], self._column + 1
        self._column += cell.width
        check_extent(self._row, self._column, sheet=sheet.name)
        sheet.put(self._row, column, joined(cell.paragraphs).strip() or None)
        marks = marks_of(cell.paragraphs) | ({"fill": cell.fill} if cell.fill else {})
        if len(cell.inks) == 1 and (ink := next(iter(cell.inks))):
            marks["ink"] = ink
        if marks:
            sheet.mark(self._row, column, **marks)
        self._merge(column, cell)

    def _merge(self, column: int, cell: _Cell) -> None:
        if cell.merge == "continue" and column in self._open_merges:
            self._open_merges[column][2] = self._row
            return
        self._close_merge(column)
        self._open_merges[column] = [self._row, column, self._row, self._column]
        if cell.merge != "restart":
            self._close_merge(column)

    def _close_merge(self, column: int) -> None:
        first_row, first, last_row, last = self._open_merges.pop(column, (0, 0, 0, 0))
        if (first_row, first) != (last_row, last):
            self.sheets[-1].merged.append((first_row, first, last_row, last))


def _symbol(attributes: Attributes) -> str:
    try:
        sign = chr(int(attributes.get("char", ""), 16) & 0xFF)
    except ValueError:
        return ""
    return seen(sign, font=attributes.get("font", ""))


def _comments(data: bytes) -> dict[str, str]:
    """The comments by their identifier."""
    found: dict[str, list[str]] = {}
    texts: list[list[str]] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "comment":
            texts.append(found.setdefault(attributes.get("w:id", ""), []))
        elif name == "p" and texts and texts[-1]:
            texts[-1].append("\n")

    walk(data, start=start, text=lambda words: texts[-1].append(words) if texts else None)
    return {identifier: "".join(words).strip() for identifier, words in found.items()}
