"""Reads delimited texts (CSV, TSV) in any usual encoding, cut by `;`, `,` or tabulation. Values stay texts."""

import csv
import io
from collections import Counter
from pathlib import Path

from core.spreadsheets import limits
from core.spreadsheets.dimensions import check_extent
from core.spreadsheets.errors import SpreadsheetError
from core.spreadsheets.raw import RawSheet

NOT_TEXT = (
    "le contenu n'est ni un classeur ni un texte. Le fichier attendu est un classeur .xlsx, .ods ou .xls, "
    "ou un texte .csv."
)
SHEET_NAME = "Feuille 1"

_DELIMITERS = (";", "\t", ",")
_SAMPLE_ROWS = 50
_ALLOWED_CONTROLS = "\t\n\r\f"


def read_delimited(path: Path) -> list[RawSheet]:
    """The one sheet of a delimited text. Raises SpreadsheetError."""
    text = decoded(path.read_bytes())
    csv.field_size_limit(limits.FILE_SIZE)
    rows: list[list[str | None]] = []
    number, widest = 0, 1
    try:
        for number, fields in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text)), 1):
            widest = max(widest, len(fields))
            check_extent(min(number, limits.ROWS), widest, sheet=SHEET_NAME)
            if number <= limits.ROWS:
                rows.append([field.strip() or None for field in fields])
    except csv.Error as error:
        raise SpreadsheetError(NOT_TEXT) from error
    if number > limits.ROWS:
        check_extent(number, widest, sheet=SHEET_NAME)
    sheet = RawSheet(SHEET_NAME, rows)
    sheet.trim()
    return [sheet]


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8 or UTF-16 with or without its mark, or in the Windows or Latin-1 encoding."""
    text = _decode(data).removeprefix("\ufeff").rstrip("\x1a\x00")
    if any(ord(character) < 32 and character not in _ALLOWED_CONTROLS for character in set(text)):
        raise SpreadsheetError(NOT_TEXT)
    return text


def delimiter_of(text: str) -> str:
    """The delimiter that cuts most of the first rows into the same number of several fields."""
    sample = text[:100_000]
    return max(_DELIMITERS, key=lambda delimiter: _regularity(sample, delimiter))


def _decode(data: bytes) -> str:
    for encoding in (_utf16_of(data), "utf-8", "cp1252"):
        try:
            if encoding:
                return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _utf16_of(data: bytes) -> str | None:
    """UTF-16 is told by its mark, or by Latin letters with a zero byte before or after each."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    head = data[:2000]
    if head[1::2].count(0) * 4 > len(head):
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) * 4 > len(head) else None


def _regularity(sample: str, delimiter: str) -> int:
    """Rows of the commonest width, counted with their width; a single column counts for nothing."""
    widths: Counter[int] = Counter()
    try:
        for number, fields in enumerate(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)):
            if number >= _SAMPLE_ROWS:
                break
            widths[len(fields)] += 1
    except csv.Error:
        return 0
    return max((count * (width - 1) for width, count in widths.items()), default=0)
