"""Where the plans of a sheet stand, one below the other: title, « màj » day, heading row, the rows under it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from actions.imports.columns import is_header, role_of
from actions.imports.document import ENGAGEMENT, FINDING
from actions.imports.origins import updated_day
from actions.imports.words import tidy
from core.imports.words import plain
from core.spreadsheets.addresses import address_of
from core.spreadsheets.model import Cell, Sheet

SEARCHED_ROWS, SEARCHED_COLUMNS = 60, 40
WIDE = 3  # columns under a merged cell that make it a band
_TITLE = re.compile(r"\bplans?\b.*\bactions?\b")


@dataclass(frozen=True)
class Layout:
    """The place of a plan; rows and columns count from 1. `columns` gives the column of each role."""

    sheet: Sheet
    header_row: int
    columns: dict[str, int]
    title: str
    title_cell: str
    updated_on: date | None
    last_row: int

    @property
    def header_cell(self) -> str:
        return address_of(self.header_row, min(self.columns.values()))

    @property
    def rows(self) -> Iterator[int]:
        """The rows under the headings, those that repeat them on another page left out."""
        return (row for row in range(self.header_row + 1, self.last_row + 1) if not self.heads(row))

    def heads(self, row: int) -> bool:
        """Whether the row has the headings of the plan again."""
        return all(role_of(text_of(self.sheet.cell(row, column))) == role for role, column in self.columns.items())

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


def find_layouts(sheet: Sheet) -> list[Layout]:
    """The plans of a sheet; none when no row heads one."""
    first = next(filter(None, (_layout(sheet, row, 1) for row in range(1, SEARCHED_ROWS + 1))), None)
    found = [first] if first else []
    for row in range(first.header_row + 1, sheet.row_count + 1) if first else ():
        if not found[-1].heads(row):
            continue
        start = _start_of_title(found[-1], row)
        if any(_opens_plan(text) for text in _texts(sheet, start, row)):
            found[-1] = replace(found[-1], last_row=start - 1)
            found.append(_layout(sheet, row, start))
    return found


def text_of(cell: Cell | None) -> str:
    """What a person reads in a cell; nothing for a formula in error."""
    return "" if cell is None or cell.is_error else tidy(cell.text)


def searched_columns(sheet: Sheet) -> range:
    return range(1, min(sheet.column_count, SEARCHED_COLUMNS) + 1)


def _layout(sheet: Sheet, row: int, start: int) -> Layout | None:
    """The plan that the row heads, its title between `start` and the row; None when the row heads none."""
    columns: dict[str, int] = {}
    if row <= sheet.row_count:
        for column in searched_columns(sheet):
            if role := role_of(text_of(sheet.cell(row, column))):
                columns.setdefault(role, column)
    if not is_header(set(columns)):
        return None
    title, cell, day = _above(sheet, start, row)
    return Layout(sheet, row, columns, title or sheet.name, cell, day, sheet.row_count)


def _start_of_title(layout: Layout, header_row: int) -> int:
    """The first of the rows over other headings that are blank or hold one cell."""
    row = header_row
    while row - 1 > layout.header_row and sum(bool(text_of(cell)) for cell in layout.row_cells(row - 1)) <= 1:
        row -= 1
    return row


def _opens_plan(text: str) -> bool:
    """Whether the words over headings begin another plan: « Plan d’actions suite à… », « màj 07/10/16 »."""
    return bool(_TITLE.search(plain(text))) or updated_day(text) is not None


def _texts(sheet: Sheet, start: int, end: int) -> Iterator[str]:
    for row in range(start, end):
        yield from (text for column in searched_columns(sheet) if (text := text_of(sheet.cell(row, column))))


def _above(sheet: Sheet, start: int, header_row: int) -> tuple[str, str, date | None]:
    """The title and the « màj » day written over the table."""
    title, place, updated = "", "", None
    for row in range(start, header_row):
        for cell in (sheet.cell(row, column) for column in searched_columns(sheet)):
            text = text_of(cell)
            if day := updated_day(text):
                updated = updated or day
            elif text and not title:
                title, place = " ".join(text.split()), cell.address
    return title, place, updated
