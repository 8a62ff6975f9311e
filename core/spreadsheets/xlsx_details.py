"""What calamine does not tell of an XLSX sheet: number formats, formulas, errors (ECMA-376 part 1, 18.3 and 18.8)."""

import posixpath
import zipfile
from dataclasses import dataclass, field

from core.spreadsheets.addresses import position_of
from core.spreadsheets.archives import member
from core.spreadsheets.formats import BUILT_IN
from core.spreadsheets.xml_events import Attributes, walk

Place = tuple[int, int]


@dataclass
class SheetDetails:
    """Styles by place, places of formulas, error codes by place."""

    styles: dict[Place, int] = field(default_factory=dict)
    formulas: list[Place] = field(default_factory=list)
    errors: dict[Place, str] = field(default_factory=dict)


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → path of its part in the archive."""
    targets: dict[str, str] = {}
    parts: dict[str, str] = {}

    def relation(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def sheet(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            identifier = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            parts[attributes.get("name", "")] = _part_path(targets.get(identifier, ""))

    walk(member(archive, "xl/_rels/workbook.xml.rels") or b"<none/>", start=relation)
    walk(member(archive, "xl/workbook.xml") or b"<none/>", start=sheet)
    return parts


def number_formats(archive: zipfile.ZipFile) -> list[str]:
    """The number format of each cell style, by index."""
    custom: dict[int, str] = {}
    formats: list[str] = []
    inside: list[str] = []

    def start(name: str, attributes: Attributes) -> None:
        inside.append(name)
        if name == "numFmt":
            custom[_integer(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "xf" and "cellXfs" in inside:
            number = _integer(attributes.get("numFmtId"))
            formats.append(custom.get(number) or BUILT_IN.get(number, "General"))

    walk(member(archive, "xl/styles.xml") or b"<none/>", start=start, end=lambda _name: inside.pop())
    return formats


def sheet_details(data: bytes) -> SheetDetails:
    """Reads one sheet's XML. Cells without an address follow the one before, as the norm says."""
    reader = _SheetReader()
    walk(data, start=reader.start, end=reader.end, text=reader.text)
    return reader.details


class _SheetReader:
    def __init__(self) -> None:
        self.details = SheetDetails()
        self._row = 0
        self._column = 0
        self._is_error = False
        self._code: list[str] | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._open_cell(attributes)
        elif name == "row":
            self._row = _integer(attributes.get("r")) or self._row + 1
            self._column = 0
        elif name == "f":
            self.details.formulas.append((self._row, self._column))
        elif name == "v" and self._is_error:
            self._code = []

    def text(self, text: str) -> None:
        if self._code is not None:
            self._code.append(text)

    def end(self, name: str) -> None:
        if name == "v" and self._code is not None:
            self.details.errors[self._row, self._column] = "".join(self._code).strip() or "#ERREUR"
            self._code = None

    def _open_cell(self, attributes: Attributes) -> None:
        try:
            self._row, self._column = position_of(attributes["r"])
        except (KeyError, ValueError):
            self._column += 1
        self._is_error = attributes.get("t") == "e"
        style = _integer(attributes.get("s"))
        if style:
            self.details.styles[self._row, self._column] = style


def _part_path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def _integer(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
