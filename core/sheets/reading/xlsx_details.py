"""What calamine does not tell of an XLSX sheet: styles, formulas, errors, what is hidden (ECMA-376 part 1, 18.3)."""

import re
from dataclasses import dataclass, field

from core.sheets.reading.addresses import column_number, position_of
from core.sheets.reading.cells import Place
from core.sheets.reading.xml_events import Attributes, integer, is_true, walk


@dataclass
class SheetDetails:
    """By place: styles, error codes, formulas, those saved without their value or with zero.

    Rows and spans of columns that are hidden; first and last row of an active filter.
    """

    styles: dict[Place, int] = field(default_factory=dict)
    formulas: list[Place] = field(default_factory=list)
    lacking: list[Place] = field(default_factory=list)
    zeros: list[Place] = field(default_factory=list)
    errors: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    filtered: tuple[int, int] | None = None


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
        self._type = ""
        self._is_formula = False
        self._has_value = False
        self._value: list[str] | None = None
        self._filter = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._open_cell(attributes)
        elif name == "v":
            self._value = [] if self._is_formula or self._type == "e" else None
        elif name == "f":
            self._is_formula = True
            self.details.formulas.append((self._row, self._column))
        elif name == "row":
            self._open_row(attributes)
        else:
            self._open_other(name, attributes)

    def text(self, text: str) -> None:
        if self._value is not None:
            self._value.append(text)

    def end(self, name: str) -> None:
        if name == "v" and self._value is not None:
            self._close_value("".join(self._value).strip())
            self._value = None
        elif name == "c" and self._is_formula and not self._has_value:
            self.details.lacking.append((self._row, self._column))

    def _open_row(self, attributes: Attributes) -> None:
        self._row = integer(attributes.get("r")) or self._row + 1
        self._column = 0
        if is_true(attributes.get("hidden")):
            self.details.hidden_rows.add(self._row)

    def _open_cell(self, attributes: Attributes) -> None:
        try:
            self._row, self._column = position_of(attributes["r"])
        except (KeyError, ValueError):
            self._column += 1
        self._type = attributes.get("t", "")
        self._is_formula = self._has_value = False
        style = integer(attributes.get("s"))
        if style:
            self.details.styles[self._row, self._column] = style

    def _open_other(self, name: str, attributes: Attributes) -> None:
        if name == "col" and is_true(attributes.get("hidden")):
            self.details.hidden_columns.append((integer(attributes.get("min")), integer(attributes.get("max"))))
        elif name == "autoFilter":
            self._filter = attributes.get("ref", "")
        elif name == "filterColumn":
            self.details.filtered = _rows_of(self._filter)

    def _close_value(self, text: str) -> None:
        place = (self._row, self._column)
        self._has_value = bool(text) or self._type == "str"
        if self._type == "e":
            self.details.errors[place] = text or "#ERREUR"
        elif text == "0" and self._type in ("", "n"):
            self.details.zeros.append(place)


_CELL = rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"'
_COLUMNS = re.compile(rb'<(?:\w+:)?col\b([^<>]*\bhidden="(?:1|true)"[^<>]*)')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row (?=[^<>]*\bhidden="(?:1|true)")[^<>]*?\br="(\d{1,7})"')
_FORMULA = re.compile(_CELL + rb"([^<>]*)><(?:\w+:)?f[ />][^<]*(?:</(?:\w+:)?f>)?(?:<(?:\w+:)?v>([^<]+))?")


def glanced_details(data: bytes, *, styles: list[int]) -> SheetDetails:
    """The same of a big sheet, by searching its bytes, for the given styles only: no error code, no filter.

    A file that writes its cells in another way than spreadsheets do is read for its values alone.
    """
    details = SheetDetails()
    if b'hidden="' in data:
        _glance_at_hidden(data, details)
    if b"<f" in data or b":f" in data:
        _glance_at_formulas(data, details)
    if styles and b' s="' in data:
        wanted = b"|".join(str(style).encode() for style in styles)
        for letters, row, style in re.findall(_CELL + rb'[^<>]*?\bs="(' + wanted + rb')"', data):
            details.styles[int(row), column_number(letters.decode())] = int(style)
    return details


def _glance_at_hidden(data: bytes, details: SheetDetails) -> None:
    details.hidden_rows = {int(row) for row in _HIDDEN_ROW.findall(data)}
    spans = (re.findall(rb'\b(?:min|max)="(\d{1,5})"', attributes) for attributes in _COLUMNS.findall(data))
    details.hidden_columns = [(int(span[0]), int(span[-1])) for span in spans if span]


def _glance_at_formulas(data: bytes, details: SheetDetails) -> None:
    for letters, row, attributes, value in _FORMULA.findall(data):
        place = (int(row), column_number(letters.decode()))
        details.formulas.append(place)
        if not value and b't="str"' not in attributes:
            details.lacking.append(place)
        elif value == b"0":
            details.zeros.append(place)


def places_of_strings(data: bytes, indexes: list[int]) -> list[tuple[Place, int]]:
    """Where the shared strings of these indexes stand in a sheet."""
    wanted = b"|".join(str(index).encode() for index in indexes)
    found = re.findall(_CELL + rb'[^<>]*\bt="s"[^<>]*>\s*<(?:\w+:)?v>(' + wanted + rb")</", data)
    return [((int(row), column_number(letters.decode())), int(index)) for letters, row, index in found]


def _rows_of(reference: str) -> tuple[int, int] | None:
    """First and last row of `A1:F20`."""
    try:
        first, last = (position_of(address.replace("$", ""))[0] for address in reference.split(":"))
    except ValueError:
        return None
    return first, last
