"""Where the grid of a sheet stands: its heading rows, its twelve months, its other columns."""

import re
from collections import Counter
from dataclasses import dataclass, field

from core.imports.words import plain
from core.spreadsheets.addresses import column_letters
from core.spreadsheets.model import Cell, Sheet
from indicators.imports.columns import COMPUTED, role_of
from indicators.imports.grid import GridHeader
from indicators.imports.months import BARE, NAMES, HeaderMonth, month_of

# A heading row names at least so many months; bare numbers must be more, for they may be values.
LEAST_MONTHS = 3
LEAST_BARE_MONTHS = 6
BAND_HEIGHT = 3  # rows above the months that may hold headings
SEARCHED_ROWS = 2_000
SEARCHED_COLUMNS = 120


_RESULTS = re.compile(r"%|\b(taux|resultats?|valeurs?|moyennes?|delais?)\b")


@dataclass
class Layout:
    """The place of a grid; rows and columns count from 1. `months` gives the column of each month kept."""

    sheet: Sheet
    first_row: int
    month_row: int
    last_row: int
    end_row: int
    month_cells: list[tuple[Cell, HeaderMonth]]
    months: dict[int, int] = field(default_factory=dict)
    roles: dict[str, int] = field(default_factory=dict)

    @property
    def month_columns(self) -> set[int]:
        """Every column under a month, those of a heading merged over several included."""
        return {column for cell, _month in self.month_cells for column in columns_under(self.sheet, cell)}

    def column_of(self, month: Cell) -> int:
        """Where a month's figures stand: under a heading over several columns, the one headed `%` or « taux »."""
        columns = columns_under(self.sheet, month)
        headed = {column: plain(self.sheet.cell(self.month_row + 1, column).text) for column in columns}
        return next((column for column, words in headed.items() if _RESULTS.search(words)), columns[0])

    def as_header(self) -> GridHeader:
        return GridHeader(
            sheet=self.sheet.name,
            row_numbers=tuple(range(self.month_row, self.last_row + 1)),
            months={str(month): column_letters(column) for month, column in sorted(self.months.items())},
            columns={role: column_letters(column) for role, column in self.roles.items() if not is_computed(role)},
        )


def find_layouts(sheet: Sheet, *, year: int) -> list[Layout]:
    """The grids of a sheet, from top to bottom; a heading repeated over the same columns is not a new grid."""
    layouts: list[Layout] = []
    for row in range(1, min(sheet.row_count, SEARCHED_ROWS) + 1):
        if layouts and row <= layouts[-1].last_row:
            continue
        months = _months_of_row(sheet, row, accepts_bare=not layouts)
        if not months or (layouts and _looks_like_data(sheet, row, layouts[-1], months)):
            continue
        if layouts:
            layouts[-1].end_row = row - 1
        layouts.append(_layout(sheet, row, months, year, after=layouts[-1].last_row if layouts else 0))
        if len(layouts) > 1:
            _inherit(layouts[-1], layouts[-2])
    return layouts


def duplicate_months(layout: Layout) -> list[tuple[str, list[str]]]:
    """Months named by two columns of the same year: the name, and the addresses of the headings."""
    seen: dict[tuple[int, int | None], list[Cell]] = {}
    for cell, found in layout.month_cells:
        seen.setdefault((found.month, found.year), []).append(cell)
    return [
        (NAMES[month - 1], [cell.address for cell in cells]) for (month, _), cells in seen.items() if len(cells) > 1
    ]


def _months_of_row(sheet: Sheet, row: int, *, accepts_bare: bool) -> list[tuple[Cell, HeaderMonth]]:
    found = [(cell, month) for cell in _row_cells(sheet, row) if (month := month_of(cell))]
    spelt = [(cell, month) for cell, month in found if month.kind != BARE]
    if len({month.month for _cell, month in spelt}) >= LEAST_MONTHS:
        return spelt
    bare = [(cell, month) for cell, month in found if month.kind == BARE]
    counts = Counter(month.month for _cell, month in bare)
    is_heading = accepts_bare and len(counts) >= LEAST_BARE_MONTHS and {1, 2, 3} <= set(counts)
    return bare if is_heading else []


def _looks_like_data(sheet: Sheet, row: int, above: Layout, months: list[tuple[Cell, HeaderMonth]]) -> bool:
    """Dates typed by mistake in the cells of an indicator are no new heading."""
    is_dated = all(not isinstance(cell.value, str) for cell, _month in months)
    others = [cell for cell in _row_cells(sheet, row) if cell.column not in above.month_columns and not cell.is_empty]
    return is_dated and bool(others)


def _layout(sheet: Sheet, row: int, months: list[tuple[Cell, HeaderMonth]], year: int, *, after: int) -> Layout:
    last = max(_bottom(sheet, cell) for cell in _row_cells(sheet, row) if not cell.is_empty)
    if any(len(columns_under(sheet, cell)) > 1 for cell, _month in months) and _is_wording(sheet, row + 1, months):
        last = max(last, row + 1)
    layout = Layout(sheet, max(row - BAND_HEIGHT, after + 1), row, last, sheet.row_count, months)
    layout.roles = _roles(layout, year)
    return layout


def _is_wording(sheet: Sheet, row: int, months: list[tuple[Cell, HeaderMonth]]) -> bool:
    """Whether a row holds words under the months, no figure: headings of their several columns."""
    columns = [column for cell, _month in months for column in columns_under(sheet, cell)]
    values = [cell.value for column in columns if not (cell := sheet.cell(row, column)).is_empty]
    return bool(values) and all(isinstance(value, str) and not re.search(r"\d", value) for value in values)


def _bottom(sheet: Sheet, cell: Cell) -> int:
    block = sheet.merged_at(cell.row, cell.column)
    return block.last_row if block and block.last_row - cell.row < BAND_HEIGHT else cell.row


def _roles(layout: Layout, year: int) -> dict[str, int]:
    """Role → column. The heading nearest to the months wins; a title merged over several columns is no heading."""
    roles: dict[str, int] = {}
    for column in searched_columns(layout.sheet):
        if column in layout.month_columns:
            continue
        role = _role_of_column(layout, column, year)
        if role:
            roles.setdefault(f"{role}_{column}" if role == COMPUTED else role, column)
    return roles


def _role_of_column(layout: Layout, column: int, year: int) -> str | None:
    for row in range(layout.last_row, layout.first_row - 1, -1):
        block = layout.sheet.merged_at(row, column)
        if block and block.width > 2:
            continue
        role = role_of(layout.sheet.cell(row, column), year=year)
        if role:
            return role
    return None


def _inherit(layout: Layout, above: Layout) -> None:
    """A heading repeated lower down often names the months only."""
    for role, column in above.roles.items():
        if column not in layout.month_columns and column not in layout.roles.values():
            layout.roles.setdefault(role, column)


def _row_cells(sheet: Sheet, row: int) -> list[Cell]:
    return [sheet.cell(row, column) for column in searched_columns(sheet)]


def columns_under(sheet: Sheet, heading: Cell) -> range:
    """The columns a heading covers."""
    block = sheet.merged_at(heading.row, heading.column)
    return range(heading.column, (block.last_column if block else heading.column) + 1)


def searched_columns(sheet: Sheet) -> range:
    """The columns a grid may use; what lies farther right is not looked at."""
    return range(1, min(sheet.column_count, SEARCHED_COLUMNS) + 1)


def is_computed(role: str) -> bool:
    """Whether a key of `Layout.roles` is one of the columns the file computes (there may be several)."""
    return role.startswith(COMPUTED)


def column_heading(layout: Layout, column: int) -> str:
    """The words just above a column's figures, empty if there are none."""
    for row in range(layout.last_row, max(layout.month_row - 2, 0), -1):
        text = layout.sheet.cell(row, column).text.strip()
        if text:
            return text
    return ""
