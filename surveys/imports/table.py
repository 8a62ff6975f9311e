"""The table of answers in a workbook: its sheet, its headings, its lines; kept as texts for the preview."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.spreadsheets.addresses import address_of
from core.spreadsheets.model import Cell, Sheet, Workbook

SEARCHED_ROWS = 30
LEAST_HEADINGS = 2

NO_TABLE = (
    "Aucun tableau de réponses n’a été trouvé : il faut une ligne d’en-têtes avec une question par colonne, "
    "puis une ligne par formulaire."
)


@dataclass(frozen=True)
class Heading:
    """The heading of a column; columns count from 1."""

    column: int
    text: str


@dataclass(frozen=True)
class Line:
    """A line of the file: its row number, its cells in the order of the headings."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """What is kept of a file for its preview. Columns whose content must not be kept are not here."""

    sheet: str
    header_row: int
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    other_sheets: tuple[str, ...] = ()

    def address(self, row: int, column: int) -> str:
        return address_of(row, column)

    def column(self, index: int) -> Iterator[str]:
        """The cells under a heading, by its rank."""
        return (line.cells[index] for line in self.lines)

    def to_json(self) -> dict:
        return {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "headings": [[heading.column, heading.text] for heading in self.headings],
            "lines": [[line.number, *line.cells] for line in self.lines],
            "other_sheets": list(self.other_sheets),
        }

    @classmethod
    def from_json(cls, content: Mapping) -> "Table":
        return cls(
            content["sheet"],
            content["header_row"],
            tuple(Heading(column, text) for column, text in content["headings"]),
            tuple(Line(number, tuple(cells)) for number, *cells in content["lines"]),
            tuple(content["other_sheets"]),
        )


def find_table(workbook: Workbook, *, known: Callable[[str], bool], dropped: Callable[[str], bool]) -> Table | None:
    """The table with the most known headings; `dropped` headings (addresses of machines) are not kept at all."""
    sheets = [sheet for sheet in workbook.sheets if sheet.row_count and not sheet.is_hidden]
    found = [(sheet, row, score) for sheet in sheets for row, score in [_header_row(sheet, known)] if row]
    if not found:
        return None
    sheet, row, _score = max(found, key=lambda one: one[2])
    headings = _headings(sheet, row, dropped)
    others = tuple(other.name for other in workbook.sheets if other is not sheet and other.row_count)
    return Table(sheet.name, row, headings, tuple(_lines(sheet, row, headings)), others)


def text_of(cell: Cell) -> str:
    """A cell as a text: days in ISO, whole numbers without a point, anything else as it shows."""
    value = cell.value
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return cell.text.strip() if isinstance(value, str) or cell.is_error else str("" if value is None else value)


def _header_row(sheet: Sheet, known: Callable[[str], bool]) -> tuple[int, int]:
    """The row that names the most known columns; failing that, the first one with several texts."""
    best, first = (0, 0), 0
    for number in range(1, min(sheet.row_count, SEARCHED_ROWS) + 1):
        texts = [text_of(cell) for cell in _row(sheet, number)]
        score = sum(known(text) for text in texts if text)
        if score > best[1]:
            best = (number, score)
        if not first and sum(bool(text) for text in texts) >= LEAST_HEADINGS:
            first = number
    return best if best[0] else (first, 0)


def _headings(sheet: Sheet, row: int, dropped: Callable[[str], bool]) -> tuple[Heading, ...]:
    """The columns that have a heading, and those that have none but hold something."""
    headings = []
    for column in range(1, sheet.column_count + 1):
        text = text_of(sheet.cell(row, column))
        if not text and _is_blank(sheet, row, column):
            continue
        if not dropped(text):
            headings.append(Heading(column, text))
    return tuple(headings)


def _is_blank(sheet: Sheet, row: int, column: int) -> bool:
    return all(sheet.cell(number, column).is_empty for number in range(row + 1, sheet.row_count + 1))


def _lines(sheet: Sheet, row: int, headings: Sequence[Heading]) -> Iterator[Line]:
    """The lines under the headings; an empty line is no form."""
    for number in range(row + 1, sheet.row_count + 1):
        cells = tuple(text_of(sheet.cell(number, heading.column)) for heading in headings)
        if any(cells):
            yield Line(number, cells)


def _row(sheet: Sheet, number: int) -> Iterator[Cell]:
    return (sheet.cell(number, column) for column in range(1, sheet.column_count + 1))
