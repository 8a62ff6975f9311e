"""Reads Excel workbooks: values by calamine, and what a person sees in each cell by a reading of the XML.

A sheet of an ordinary size is read by XML events; a big one is searched for what is out of the ordinary.
"""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import python_calamine

from core.sheets.reading import limits
from core.sheets.reading.archives import DAMAGED, ENCRYPTED, check_xml, member, open_archive
from core.sheets.reading.cells import NO_MARKS, Marks, Place
from core.sheets.reading.dimensions import check_extent, check_sheet_xml, may_be_vast
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.formats import displayed, is_percent, may_say_more
from core.sheets.reading.model import Remark
from core.sheets.reading.raw import RawBook, RawSheet
from core.sheets.reading.symbols import seen
from core.sheets.reading.tagged import error
from core.sheets.reading.xlsx_details import SheetDetails, glanced_details, sheet_details
from core.sheets.reading.xlsx_styles import Style, cell_styles
from core.sheets.reading.xlsx_texts import Struck, notes, relations, struck_cells, struck_strings
from core.sheets.reading.xml_events import Attributes, is_true, walk

_UNREAD = ("xl/media/", "xl/embeddings/", "docProps/")
_OLD = Remark(
    "Ce classeur est dans l’ancien format .xls : ses formats de nombre, couleurs, notes et lignes masquées ne sont pas "
    "lus. Enregistrez-le au format .xlsx pour qu’ils le soient."
)


@dataclass
class Details:
    """What the XML of one sheet says beyond its values."""

    sheet: SheetDetails
    notes: dict[Place, str]
    struck: dict[Place, Struck]
    styles: list[Style]
    is_big: bool
    is_computed: bool  # did a spreadsheet compute the formulas?


def read_xlsx(path: Path) -> RawBook:
    """The sheets of an XLSX or XLSM. Raises SpreadsheetError."""
    with open_archive(path) as archive:
        parts, is_computed = _sheet_parts(archive)
        details = _details(archive, parts, is_computed)
        try:
            return RawBook("xlsx", _read_values(path, details=details))
        except SpreadsheetError:
            _explain(archive, parts)
            raise


def read_xls(path: Path) -> RawBook:
    """The sheets of an old Excel file: values only, without their number formats. Raises SpreadsheetError."""
    return RawBook("xls", _read_values(path, details={}), remarks=[_OLD])


def _sheet_parts(archive: zipfile.ZipFile) -> tuple[dict[str, str], bool]:
    """Sheet name → path of its part in the archive; and whether the values of formulas were computed.

    A library that writes formulas asks for their computing at the next opening; spreadsheets never leave that behind.
    """
    targets = relations(archive, "xl/workbook.xml")
    parts: dict[str, str] = {}
    asks: list[bool] = []

    def start(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            identifier = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            parts[attributes.get("name", "")] = targets.get(identifier, ("", ""))[1]
        elif name == "calcPr":
            asks.append(is_true(attributes.get("fullCalcOnLoad")))

    walk(member(archive, "xl/workbook.xml") or b"<none/>", start=start)
    return parts, not any(asks)


def _explain(archive: zipfile.ZipFile, parts: dict[str, str]) -> None:
    """Reading failed: a scan of each sheet may say why in better words."""
    for name, path in parts.items():
        check_sheet_xml(member(archive, path) or b"", sheet=name)


def _checked(archive: zipfile.ZipFile, path: str, name: str) -> bytes:
    """A part that a reader may open, once it is known to be harmless."""
    data = member(archive, path) or b""
    check_xml(data)
    if b"sheetData" in data and may_be_vast(data):
        check_sheet_xml(data, sheet=name)
    return data


def _details(archive: zipfile.ZipFile, parts: dict[str, str], is_computed: bool) -> dict[str, Details]:
    """What the sheets say beyond their values; checks every part that a reader may open on the way."""
    names = {path: name for name, path in parts.items()}
    styles, strings = cell_styles(archive), struck_strings(archive)
    telling = [index for index, style in enumerate(styles) if _tells(style)]
    found = {}
    for entry in archive.infolist():
        path = entry.filename
        if path.startswith(_UNREAD) or path.endswith(".bin"):
            continue
        data = _checked(archive, path, names.get(path, path))
        if path in names:
            is_big = len(data) > limits.DETAILED_SHEET_SIZE
            sheet = glanced_details(data, styles=telling) if is_big else sheet_details(data)
            struck = struck_cells(data, strings)
            found[names[path]] = Details(sheet, notes(archive, path), struck, styles, is_big, is_computed)
    return found


def _tells(style: Style) -> bool:
    """Is the style of a big sheet worth a search?"""
    return bool(style.fill or style.is_struck or style.symbols or may_say_more(style.number_format))


def _read_values(path: Path, *, details: dict[str, Details]) -> list[RawSheet]:
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        return [
            _sheet(workbook, index, metadata, details.get(metadata.name))
            for index, metadata in enumerate(workbook.sheets_metadata[: limits.SHEETS])
            if metadata.typ == python_calamine.SheetTypeEnum.WorkSheet
        ]
    except python_calamine.PasswordError as problem:
        raise SpreadsheetError(ENCRYPTED) from problem
    except (python_calamine.CalamineError, OSError, ValueError) as problem:
        raise SpreadsheetError(DAMAGED) from problem


def _sheet(
    workbook: python_calamine.CalamineWorkbook,
    index: int,
    metadata: python_calamine.SheetMetadata,
    details: Details | None,
) -> RawSheet:
    sheet = workbook.get_sheet_by_index(index)
    last_row, last_column = sheet.end or (-1, -1)
    check_extent(last_row + 1, last_column + 1, sheet=metadata.name)
    raw = RawSheet(
        name=metadata.name,
        rows=sheet.to_python(skip_empty_area=False),
        merged=[(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ()],
        is_hidden=metadata.visible != python_calamine.SheetVisibleEnum.Visible,
    )
    if details is not None:
        _add_details(raw, details)
    return raw


def _add_details(raw: RawSheet, details: Details) -> None:
    sheet = details.sheet
    raw.formulas = sheet.formulas
    raw.hidden_rows, raw.hidden_columns = sheet.hidden_rows, _spread(sheet.hidden_columns)
    if sheet.filtered:
        first, last = sheet.filtered
        raw.filtered_rows = {row for row in sheet.hidden_rows if first <= row <= last}
    for (row, column), code in sheet.errors.items():
        check_extent(row, column, sheet=raw.name)  # calamine leaves errors out: the place may lie beyond what it gave
        raw.put(row, column, error(code))
    is_computed = details.is_computed or len(sheet.formulas) > len(sheet.zeros) + len(sheet.lacking)
    lacking = sheet.lacking + ([] if is_computed else sheet.zeros)
    for row, column in lacking:
        check_extent(row, column, sheet=raw.name)
        raw.put(row, column, None)
    _add_styles(raw, details)
    for row, column in lacking:
        raw.mark(row, column, lacks_value=True)
    for (row, column), note in details.notes.items():
        raw.mark(row, column, note=note)
    for (row, column), struck in details.struck.items():
        raw.mark(row, column, **struck)


def _add_styles(raw: RawSheet, details: Details) -> None:
    plain = [Marks(fill=style.fill, is_struck=style.is_struck, ink=style.ink) for style in details.styles]
    percent = [marks._replace(is_percent=True) for marks in plain]
    for (row, column), index in details.sheet.styles.items():
        if index >= len(plain) or row > limits.ROWS or column > limits.COLUMNS:
            continue
        value, style = raw.value(row, column), details.styles[index]
        is_ratio = is_percent(value, style.number_format)
        _add_text(raw, row, column, value, style, is_left=details.is_big and is_ratio)
        found = percent[index] if is_ratio else plain[index]
        if found != NO_MARKS:
            raw.marks[row, column] = found


def _add_text(raw: RawSheet, row: int, column: int, value: object, style: Style, *, is_left: bool) -> None:
    """What a person sees of a cell: signs in place of letters, a number in its format unless it is `is_left`."""
    if style.symbols and isinstance(value, str) and value:
        raw.put(row, column, seen(value, font=style.symbols))
    text = None if is_left else displayed(value, style.number_format)
    if text is not None:
        raw.texts.append((row, column, text))


def _spread(spans: list[tuple[int, int]]) -> set[int]:
    """Every column of the spans, within what a sheet may have."""
    return {column for first, last in spans[:1000] for column in range(first, min(last, limits.COLUMNS) + 1)}
