"""Which year a grid is of, as its headings and titles say it, and which of its columns are of the year chosen."""

import re
from dataclasses import dataclass

from core.imports.problems import ERROR, WARNING, Problem
from core.spreadsheets.model import Cell
from indicators.imports.columns import LONGEST_HEADING, role_of
from indicators.imports.layout import Layout, searched_columns
from indicators.imports.months import HeaderMonth

_YEAR = re.compile(r"(?<![\d/.,-])(20[0-4]\d)(?![\d/.,]|-\d\d?\b)")
# A year after these words dates something else than the grid.
_OTHER_DATES = re.compile(
    r"\b(version|v|r[ée]f[ée]rentiel|label\w*|norme|depuis|maj|mise à jour|[ée]dit[ée]e?|le \d+ \w+|du \d+ \w+"
    r"|qual\S*pref)\s*(du|de|le|en|:|\()?\s*20\d\d",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class YearReading:
    """`year` is what the sheet says, None if nothing; `cell` where; `is_chosen` whether the grid may be read."""

    year: int | None
    cell: str
    problems: list[Problem]
    is_chosen: bool = True


def settle_year(layout: Layout, *, year: int) -> YearReading:
    """Keeps the months of the chosen year in `layout.months`; says what year was found and what contradicts it."""
    dated = [(cell, month, *_year_over(layout, cell, month)) for cell, month in layout.month_cells]
    layout.months = {
        month.month: layout.column_of(cell) for cell, month, found, _address in dated if found in (None, year)
    }
    strangers = [(found, address) for _cell, _month, found, address in dated if found not in (None, year)]
    is_said = any(found == year for _cell, _month, found, _address in dated)
    if strangers and not is_said:
        return _wrong(layout, *strangers[0], year)
    problems = [_ignored(layout, *stranger) for stranger in strangers[:1]]
    return _with_titles(layout, year, problems, is_said=is_said)


def _with_titles(layout: Layout, year: int, problems: list[Problem], *, is_said: bool) -> YearReading:
    titles = _title_years(layout, year)
    if is_said or any(found == year for found, _address in titles):
        return YearReading(year, "", problems)
    if titles:
        found, address = titles[0]
        return _wrong(layout, found, address, year)
    return YearReading(None, "", problems)


def _wrong(layout: Layout, found: int | None, address: str, year: int) -> YearReading:
    place = f"cellule {address}" if address else "dans son nom"
    message = (
        f"La feuille « {layout.sheet.name} » est une grille de {found} ({place}) et non de {year}. "
        f"Choisissez l'année {found}, ou déposez la grille de {year}."
    )
    problem = Problem(ERROR, layout.sheet.name, address, message)
    return YearReading(found, address, [problem], is_chosen=False)


def _ignored(layout: Layout, found: int | None, address: str) -> Problem:
    message = f"Les colonnes de l'année {found} (à partir de la cellule {address}) ne sont pas lues."
    return Problem(WARNING, layout.sheet.name, address, message)


def _year_over(layout: Layout, month: Cell, found: HeaderMonth) -> tuple[int | None, str]:
    """The year of a month's column and the cell that says it: its heading, or a heading over several months.

    Over the months, a year stands in a merged cell, or in the first filled cell to the left among the months.
    """
    if found.year is not None:
        return found.year, month.address
    first_column = min(layout.month_columns)
    for row in range(layout.month_row - 1, layout.first_row - 1, -1):
        over = (layout.sheet.value_at(row, column) for column in range(month.column, first_column - 1, -1))
        cell = next((cell for cell in over if not cell.is_empty), None)
        years = _years_in(cell) if cell and len(cell.text) <= LONGEST_HEADING else []
        if cell and years:
            return years[0], cell.address
    return None, ""


def _title_years(layout: Layout, year: int) -> list[tuple[int, str]]:
    """Years printed above the figures, headings of columns apart, then in the sheet's name."""
    found = []
    for row in range(1, layout.last_row + 1):
        for column in searched_columns(layout.sheet):
            cell = layout.sheet.cell(row, column)
            if row >= layout.first_row and layout.roles.get(role_of(cell, year=year) or "") == column:
                continue
            found += [(number, cell.address) for number in _years_in(cell)]
    return found + [(int(number), "") for number in _YEAR.findall(layout.sheet.name)]


def _years_in(cell: Cell) -> list[int]:
    if isinstance(cell.value, int) and not isinstance(cell.value, bool):
        return [cell.value] if 2000 <= cell.value < 2050 else []
    if not isinstance(cell.value, str):
        return []
    return [int(number) for number in _YEAR.findall(_OTHER_DATES.sub("", cell.value))]
