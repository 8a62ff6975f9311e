"""Reads Excel workbooks: values by calamine, and for sheets of an ordinary size what a person sees in each cell."""

import zipfile
from pathlib import Path

import python_calamine

from core.spreadsheets import limits
from core.spreadsheets.archives import DAMAGED, ENCRYPTED, check_xml, member, open_archive
from core.spreadsheets.dimensions import check_extent, check_sheet_xml, may_be_vast
from core.spreadsheets.errors import SpreadsheetError
from core.spreadsheets.formats import displayed
from core.spreadsheets.raw import RawSheet
from core.spreadsheets.tagged import error
from core.spreadsheets.xlsx_details import SheetDetails, number_formats, sheet_details, sheet_parts

_MEDIA = ("xl/media/", "xl/embeddings/", "docProps/")


def read_xlsx(path: Path) -> list[RawSheet]:
    """The sheets of an XLSX or XLSM. Raises SpreadsheetError."""
    with open_archive(path) as archive:
        parts = sheet_parts(archive)
        details_wanted = _check_parts(archive, parts)
        try:
            return _read_values(path, details=_details(archive, parts, details_wanted))
        except SpreadsheetError:
            _explain(archive, parts)
            raise


def read_xls(path: Path) -> list[RawSheet]:
    """The sheets of an old Excel file: values only, without their number formats. Raises SpreadsheetError."""
    return _read_values(path, details={})


Details = dict[str, tuple[SheetDetails, list[str]]]


def _check_parts(archive: zipfile.ZipFile, parts: dict[str, str]) -> set[str]:
    """Checks every part a reader may open; gives those small enough to be read in detail."""
    names = {path: name for name, path in parts.items()}
    small = set()
    for entry in archive.infolist():
        if entry.filename.startswith(_MEDIA) or entry.filename.endswith(".bin"):
            continue
        data = member(archive, entry.filename) or b""
        check_xml(data)
        if b"sheetData" in data and may_be_vast(data):
            check_sheet_xml(data, sheet=names.get(entry.filename, entry.filename))
        if len(data) <= limits.DETAILED_SHEET_SIZE:
            small.add(entry.filename)
    return small


def _explain(archive: zipfile.ZipFile, parts: dict[str, str]) -> None:
    """Reading failed: a scan of each sheet may say why in better words."""
    for name, path in parts.items():
        check_sheet_xml(member(archive, path) or b"", sheet=name)


def _details(archive: zipfile.ZipFile, parts: dict[str, str], wanted: set[str]) -> Details:
    formats = number_formats(archive)
    return {
        name: (sheet_details(member(archive, path) or b""), formats) for name, path in parts.items() if path in wanted
    }


def _read_values(path: Path, *, details: Details) -> list[RawSheet]:
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
    details: tuple[SheetDetails, list[str]] | None,
) -> RawSheet:
    sheet = workbook.get_sheet_by_index(index)
    last_row, last_column = sheet.end or (-1, -1)
    check_extent(last_row + 1, last_column + 1, sheet=metadata.name)
    values = sheet.to_python(skip_empty_area=False)
    raw = RawSheet(
        name=metadata.name,
        rows=values,
        merged=[(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in sheet.merged_cell_ranges or ()],
        is_hidden=metadata.visible != python_calamine.SheetVisibleEnum.Visible,
    )
    if details is not None:
        _add_details(raw, *details)
    raw.trim()
    return raw


def _add_details(raw: RawSheet, details: SheetDetails, formats: list[str]) -> None:
    values = raw.rows
    for (row, column), style in details.styles.items():
        if row > len(values) or column > len(values[row - 1]) or style >= len(formats):
            continue
        text = displayed(values[row - 1][column - 1], formats[style])
        if text is not None:
            raw.texts.append((row, column, text))
    for (row, column), code in details.errors.items():
        _put(raw.rows, row, column, error(code))
    raw.formulas = details.formulas


def _put(rows: list[list], row: int, column: int, value: str) -> None:
    """Calamine leaves errors out, so the place may lie beyond what it gave."""
    check_extent(row, column, sheet="")
    rows.extend([] for _ in range(row - len(rows)))
    line = rows[row - 1]
    line.extend([None] * (column - len(line)))
    line[column - 1] = value
