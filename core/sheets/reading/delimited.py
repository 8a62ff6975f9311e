"""Reads texts: columns cut by `;`, `,` or tabulation, else lines. Values stay texts."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from core.sheets.reading import limits
from core.sheets.reading.addresses import address_of
from core.sheets.reading.dimensions import check_extent
from core.sheets.reading.encodings import decoded
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import Remark
from core.sheets.reading.raw import RawBook, RawSheet

NOT_TEXT = (
    "le contenu n'est ni un classeur ni un texte. Le fichier attendu est un classeur .xlsx, .ods ou .xls, "
    "ou un texte .csv."
)
SHEET_NAME = "Feuille 1"

_DELIMITERS = (";", "\t", ",", "|")
_SAMPLE_ROWS = 50
_SAMPLE_SIZE = 100_000
_ALLOWED_CONTROLS = "\t\n\r\f"
_DECLARED = re.compile(r"sep=([^\r\n])\r?\n?", re.IGNORECASE)
_PIPED = re.compile(r"\s*\|(.*)\|\s*")
_RULE = re.compile(r"\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*")
_LINE_END = re.compile(r"\r\n|\r|\n")
_MOST_OPEN_QUOTES = 20  # beyond, quotes mean nothing in this file


def read_delimited(path: Path, *, encoding: str = "") -> RawBook:
    """The one sheet of a text, columns or lines. Raises SpreadsheetError."""
    text, encoding, remarks = decoded(path.read_bytes(), encoding)
    if any(ord(character) < 32 and character not in _ALLOWED_CONTROLS for character in set(text)):
        raise SpreadsheetError(NOT_TEXT)
    csv.field_size_limit(limits.FILE_SIZE)
    text = _unpiped(text)
    declared = _DECLARED.match(text)
    lines = lines_of(text[declared.end() :] if declared else text)
    delimiter = declared[1] if declared else delimiter_of(text[:_SAMPLE_SIZE])
    records = _Records(lines, delimiter, first_line=2 if declared else 1) if delimiter else ([line] for line in lines)
    sheet = RawSheet(SHEET_NAME, _rows(records), is_lines=not delimiter)
    if isinstance(records, _Records):
        remarks += records.remarks
    return RawBook("text", [sheet], encoding, remarks)


def _unpiped(text: str) -> str:
    """A table of Markdown, « | a | b | » over « |---|---| », with tabs between its cells and on the same lines."""
    lines = text.splitlines()
    if not any(map(_RULE.fullmatch, lines)):
        return text
    parted = ("" if _RULE.fullmatch(line) else _PIPED.fullmatch(line) or line for line in lines)
    cells = (line if isinstance(line, str) else "\t".join(map(str.strip, line[1].split("|"))) for line in parted)
    return "\n".join(cells)


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends, whatever these are."""
    return list(io.StringIO(text, newline=""))


def delimiter_of(text: str) -> str:
    """The delimiter that cuts most of the first rows into the same number of several fields; "" for mere lines."""
    sample = lines_of(text)[:_SAMPLE_ROWS]
    cuts = {delimiter: _cut(sample, delimiter) for delimiter in _DELIMITERS}
    tables = [delimiter for delimiter in _DELIMITERS if _is_table(cuts[delimiter], delimiter)]
    return max(tables, key=lambda delimiter: _regularity(cuts[delimiter]), default="")


def _rows(records: Iterable[list[str]]) -> list[list[str | None]]:
    rows: list[list[str | None]] = []
    number, widest = 0, 1
    for number, fields in enumerate(records, 1):
        widest = max(widest, len(fields))
        check_extent(min(number, limits.ROWS), widest, sheet=SHEET_NAME)
        if number <= limits.ROWS:
            rows.append([field.strip() or None for field in fields])
    if number > limits.ROWS:
        check_extent(number, widest, sheet=SHEET_NAME)
    return rows


class _Records:
    """The records of a delimited text. A quote that is never closed does not swallow the lines below it."""

    def __init__(self, lines: list[str], delimiter: str, *, first_line: int) -> None:
        self.remarks: list[Remark] = []
        self._lines = lines
        self._delimiter = delimiter
        self._first_line = first_line
        records = _cut(lines[:_SAMPLE_ROWS], delimiter)
        widths = Counter(len(fields) for text, fields in records if len(fields) > 1 and len(lines_of(text)) == 1)
        self._width = max(widths, key=lambda width: (widths[width], width), default=1)

    def __iter__(self) -> Iterator[list[str]]:
        start = row = 0
        while start < len(self._lines):
            first = start
            quoting = csv.QUOTE_MINIMAL if len(self.remarks) < _MOST_OPEN_QUOTES else csv.QUOTE_NONE
            reader = _reader(self._lines[first:], self._delimiter, quoting=quoting)
            for fields in reader:
                end, row = first + reader.line_num, row + 1
                if quoting == csv.QUOTE_MINIMAL and self._is_astray(start, end, fields):
                    self._doubt(start, row)
                    yield self._alone(start)
                    start += 1
                    break
                yield fields
                start = end

    def _is_astray(self, start: int, end: int, fields: list[str]) -> bool:
        """Does a quote opened here hold what looks like the table, or is it never closed?"""
        lines = self._lines[start:end]
        spanning = list(chain.from_iterable(_LINE_END.split(field)[1:] for field in fields))
        inside = sum(_tight(field, self._delimiter) for field in fields)
        if not spanning and not inside and end < len(self._lines):
            return False
        if len(list(_reader([*lines, "x"], self._delimiter))) == 1:  # it swallows whatever follows
            return True
        if _closes_badly(lines, self._delimiter):
            return inside > 0 or len(fields) > self._width
        return max((_tight(line, self._delimiter) for line in spanning), default=0) >= max(3, self._width - 1)

    def _alone(self, start: int) -> list[str]:
        """The fields of one line, without its quotes or with them: as many as the table has, if that can be."""
        line = [self._lines[start]]
        (bare,), (quoted,) = _reader(line, self._delimiter, quoting=csv.QUOTE_NONE), _reader(line, self._delimiter)
        return min([_unquoted(field) for field in bare], quoted, key=lambda fields: abs(len(fields) - self._width))

    def _doubt(self, start: int, row: int) -> None:
        sentence = f"Guillemet jamais refermé à partir de la ligne {self._first_line + start} : vérifiez cette ligne."
        self.remarks.append(Remark(sentence, SHEET_NAME, address_of(row, 1)))


def _reader(lines: Iterable[str], delimiter: str, **options):
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True, **options)


def _unquoted(field: str) -> str:
    whole = field.strip()
    if whole.count('"') % 2:
        return whole.removeprefix('"') if whole.startswith('"') else whole.removesuffix('"')
    is_quoted = len(whole) > 1 and whole[0] == whole[-1] == '"'
    return whole[1:-1].replace('""', '"') if is_quoted else whole


def _closes_badly(lines: list[str], delimiter: str) -> bool:
    try:
        return not list(_reader(lines, delimiter, strict=True))
    except csv.Error:
        return True


def _cut(lines: list[str], delimiter: str) -> list[tuple[str, list[str]]]:
    """The records that are not blank, with their text."""
    reader = _reader(lines, delimiter)
    found, start = [], 0
    for fields in reader:
        text, start = "".join(lines[start : reader.line_num]), reader.line_num
        if text.strip():
            found.append((text, fields))
    return found


def _is_table(records: list[tuple[str, list[str]]], delimiter: str) -> bool:
    """Do most records hold columns, rather than sentences with their commas?"""
    if delimiter == "\t":
        return any(re.search(r"\S\t+\S|\t.*\t", text) for text, _fields in records)
    cut = [len(fields) > 1 and _tight(text, delimiter) > 0 for text, fields in records]
    loose = [len(fields) > 2 for _text, fields in records if delimiter == ";"]
    return 2 * sum(cut) >= max(len(records), 1) or 2 * sum(loose) > len(records) > 1


def _regularity(records: list[tuple[str, list[str]]]) -> int:
    """Rows of the commonest width, counted with their width; a single column counts for nothing."""
    widths = Counter(len(fields) for _text, fields in records)
    return max((count * (width - 1) for width, count in widths.items()), default=0)


def _tight(text: str, delimiter: str) -> int:
    """The delimiters that part columns: no space after them; no decimal comma."""
    pattern = r"(?<!\d),(?=\S)|,(?=[^\s\d])|, (?=\")" if delimiter == "," else re.escape(delimiter) + r"(?=\S)"
    return len(re.findall(pattern, text))
