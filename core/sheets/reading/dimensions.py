"""How far a sheet really goes, before a reader lays it out: two cells, A1 and XFD1048576, are 17 billion places.

The declared dimension is not trusted: the bytes are searched. A glance (0.03 s for 10 MB) clears honest sheets; only
what it cannot clear is scanned cell by cell (0.4 s).
"""

import re

from core.sheets.reading import limits
from core.sheets.reading.addresses import address_of, column_number
from core.sheets.reading.errors import SpreadsheetError

_PLACES = re.compile(rb'\br\s*=\s*["\']([A-Z]+)(\d+)')
_ROW_NUMBERS = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br\s*=\s*["\'](\d+)')
_FILLED = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br\s*=\s*["\']([A-Z]+)(\d+)["\'][^>]*(?<!/)>\s*<(?:\w+:)?(?:v|is|f)\b')


# A small sheet costs little to scan, and a vast one with few cells is small.
SPARSE_SIZE = limits.MEGABYTE

# Letters become A, digits 0 and quotes ": addresses keep only their shape.
_SHAPES = bytes.maketrans(b"BCDEFGHIJKLMNOPQRSTUVWXYZ123456789'", b"A" * 25 + b"0" * 9 + b'"')


def may_be_vast(data: bytes) -> bool:
    """A glance at a sheet's bytes: could its cells span more than a reader can lay out within its memory?"""
    shapes = data.translate(_SHAPES)
    if b'"AAA0' in shapes or b'000000"' in shapes:
        return True
    is_sparse = len(data) < SPARSE_SIZE
    return b'"AA0' in shapes and (is_sparse or b'00000"' in shapes)


def check_sheet_xml(data: bytes, *, sheet: str) -> None:
    """Scans a sheet; refuses it if it has too many rows, columns or places. Raises SpreadsheetError."""
    if _extent(_PLACES.findall(data)) is None or _declared_rows(data) > limits.ROWS:
        _check_filled(data, sheet)


def check_extent(rows: int, columns: int, *, sheet: str, filled_rows: int | None = None) -> None:
    """Refuses what passes the limits; `filled_rows` is the count to state when it differs from the last row."""
    if rows > limits.ROWS:
        raise _too_many_rows(rows, columns, filled_rows, sheet)
    if columns > limits.COLUMNS:
        raise SpreadsheetError(
            f"la feuille « {sheet} » va jusqu'à la colonne {columns} ; le maximum est de {limits.COLUMNS}. "
            "Supprimez les colonnes inutiles à droite du tableau et recommencez.",
            sheet,
            address_of(1, columns),
        )
    if rows * columns > limits.CELLS:
        raise SpreadsheetError(
            f"la feuille « {sheet} » couvre {rows} lignes sur {columns} colonnes, soit plus de "
            f"{limits.CELLS} cellules. Copiez les seules données utiles dans un classeur neuf et recommencez.",
            sheet,
        )


def _too_many_rows(rows: int, columns: int, filled_rows: int | None, sheet: str) -> SpreadsheetError:
    if filled_rows is not None and filled_rows <= limits.ROWS:
        return SpreadsheetError(
            f"la feuille « {sheet} » a une cellule remplie à la ligne {rows}, très loin du tableau ; le maximum est de "
            f"{limits.ROWS} lignes. Effacez cette cellule et recommencez.",
            sheet,
            address_of(rows, columns),
        )
    return SpreadsheetError(
        f"la feuille « {sheet} » compte {filled_rows or rows} lignes ; le maximum est de {limits.ROWS}. "
        "Découpez le fichier et recommencez.",
        sheet,
    )


def _extent(places: list[tuple[bytes, bytes]]) -> tuple[int, int] | None:
    """Last row and column, None when they pass the limits."""
    letters = {column for column, _row in places}
    if any(len(column) > 3 for column in letters):
        return None
    columns = max((column_number(column.decode()) for column in letters), default=0)
    rows = max((int(row) for row in {row for _column, row in places}), default=0)
    within = rows <= limits.ROWS and columns <= limits.COLUMNS and rows * columns <= limits.CELLS
    return (rows, columns) if within else None


def _declared_rows(data: bytes) -> int:
    return max(map(int, _ROW_NUMBERS.findall(data)), default=0)


def _check_filled(data: bytes, sheet: str) -> None:
    """Empty formatted cells may run to the bottom of an honest sheet: only the filled ones count."""
    filled = _FILLED.findall(data)
    if not filled:
        return
    rows = {int(row) for _column, row in filled}
    last = max(filled, key=lambda place: int(place[1]))
    if max(rows) > limits.ROWS:
        check_extent(max(rows), column_number(last[0].decode()), sheet=sheet, filled_rows=len(rows))
    columns = max(column_number(column.decode()) for column in {column for column, _row in filled})
    check_extent(max(rows), columns, sheet=sheet)
