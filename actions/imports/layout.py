"""Where the plan of a sheet stands: its title, its « màj » day, its heading row, the rows under it."""

from dataclasses import dataclass
from datetime import date

from actions.imports.columns import is_header, role_of
from actions.imports.document import ENGAGEMENT, FINDING
from actions.imports.origins import updated_day
from actions.imports.words import tidy
from core.spreadsheets.addresses import address_of
from core.spreadsheets.model import Cell, Sheet

SEARCHED_ROWS, SEARCHED_COLUMNS = 60, 40
WIDE = 3  # columns under a merged cell that make it a band


@dataclass(frozen=True)
class Layout:
    """The place of a plan; rows and columns count from 1. `columns` gives the column of each role."""

    sheet: Sheet
    header_row: int
    columns: dict[str, int]
    title: str
    title_cell: str
    updated_on: date | None

    @property
    def header_cell(self) -> str:
        return address_of(self.header_row, min(self.columns.values()))

    @property
    def first_row(self) -> int:
        return self.header_row + 1

    def cell(self, row: int, role: str) -> Cell | None:
        """The cell of a role as it is, even inside a merged range; None without such a column."""
        return self.sheet.cell(row, self.columns[role]) if role in self.columns else None

    def covering(self, row: int, role: str) -> Cell | None:
        """The cell a person sees there: that of the merged range that covers it from above."""
        return self.sheet.value_at(row, self.columns[role]) if role in self.columns else None

    def band(self, row: int) -> Cell | None:
        """The one cell of a row that heads the next ones: merged over the table, or before what is found."""
        filled = [cell for cell in self.row_cells(row) if text_of(cell)]
        if len(filled) != 1:
            return None
        cell = filled[0]
        is_before = cell.column <= min(self.columns.values()) and cell.column != self.columns.get(FINDING)
        return cell if self.is_wide(cell) or is_before or cell.column == self.columns.get(ENGAGEMENT) else None

    def is_wide(self, cell: Cell) -> bool:
        """Whether the cell is merged over several columns of one row."""
        block = self.sheet.merged_at(cell.row, cell.column)
        return block is not None and block.width >= WIDE and block.height == 1

    def row_cells(self, row: int) -> list[Cell]:
        return [self.sheet.cell(row, column) for column in searched_columns(self.sheet)]


def find_layout(sheet: Sheet) -> Layout | None:
    """The plan of a sheet; None when no row heads one."""
    for row in range(1, min(sheet.row_count, SEARCHED_ROWS) + 1):
        columns: dict[str, int] = {}
        for column in searched_columns(sheet):
            if role := role_of(text_of(sheet.cell(row, column))):
                columns.setdefault(role, column)
        if is_header(set(columns)):
            title, cell, day = _above(sheet, row)
            return Layout(sheet, row, columns, title or sheet.name, cell, day)
    return None


def text_of(cell: Cell | None) -> str:
    """What a person reads in a cell; nothing for a formula in error."""
    return "" if cell is None or cell.is_error else tidy(cell.text)


def searched_columns(sheet: Sheet) -> range:
    return range(1, min(sheet.column_count, SEARCHED_COLUMNS) + 1)


def _above(sheet: Sheet, header_row: int) -> tuple[str, str, date | None]:
    """The title and the « màj » day written over the table."""
    title, place, updated = "", "", None
    for row in range(1, header_row):
        for cell in (sheet.cell(row, column) for column in searched_columns(sheet)):
            text = text_of(cell)
            if day := updated_day(text):
                updated = updated or day
            elif text and not title:
                title, place = " ".join(text.split()), cell.address
    return title, place, updated
