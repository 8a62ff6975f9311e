"""Which line of a sheet has periods as its headings: months, quarters, bare numbers, initials."""

import re
from collections.abc import Iterable

from core.base.months import initials_start
from core.importing.periods.roles import PeriodsWanted
from core.importing.periods.spans import MONTH, Period, Spelling, Writing, spelling_of
from core.importing.periods.views import View
from core.sheets.reading.model import Cell

LEAST_PERIODS, LEAST_PARTS, LEAST_BARE, LEAST_INITIALS = 3, 2, 6, 6
PAIR = re.compile(r"\s*\d\d?\s*/\s*(\d\d)\s*")


def periods_of(
    view: View, line: int, wanted: PeriodsWanted, *, accepts_bare: bool = False, least: int = LEAST_PERIODS
) -> dict[int, Spelling]:
    """Place → period of a line of headings; empty when it is not one."""
    cells = {place: view.at(line, place) for place in view.filled(line)}
    found = {place: spelling for place, cell in cells.items() if (spelling := spelling_of(cell))}
    spelt = {place: spelling for place, spelling in found.items() if _is_spelt(spelling, wanted)}
    if _are_counts(cells[place].value for place, spelling in spelt.items() if spelling.writing == Writing.DATED):
        return {}
    if _make_table(spelt, cells, wanted, least):
        return spelt
    return _bare(found) or _initials(cells) if accepts_bare else {}


def has_months(found: dict[int, Spelling]) -> bool:
    """Whether some of the periods are months."""
    return any(spelling.period.length == MONTH for spelling in found.values())


def _is_spelt(spelling: Spelling, wanted: PeriodsWanted) -> bool:
    """Whether a heading names its period, with no word beside but what its figures are or their year."""
    rest = spelling.rest
    return spelling.writing != Writing.BARE and bool(not rest or wanted.series_of(rest) or wanted.is_year(rest))


def _make_table(spelt: dict[int, Spelling], cells: dict[int, Cell], wanted: PeriodsWanted, least: int) -> bool:
    """Whether periods are enough for a table: so many different months, or two quarters without a month.

    Fewer months than usual are enough beside a heading that is known.
    """
    periods = {(spelling.period.month, spelling.period.length) for spelling in spelt.values()}
    months = sum(length == MONTH for _month, length in periods)
    if not months:
        return len(periods) >= LEAST_PARTS
    return months >= least and (least >= LEAST_PERIODS or any(wanted.side_of(cell.text) for cell in cells.values()))


def _are_counts(values: Iterable[object]) -> bool:
    """« 12/13 », « 11/12 », « 9/10 »: fractions, which months of three years would not be headings of one table."""
    pairs = [found for value in values if isinstance(value, str) and (found := PAIR.fullmatch(value))]
    return len({pair[1] for pair in pairs}) > 2


def _bare(found: dict[int, Spelling]) -> dict[int, Spelling]:
    """« 1 2 3 4… »: numbers name months when most of the year is there, from its beginning."""
    bare = {place: spelling for place, spelling in found.items() if spelling.writing == Writing.BARE}
    numbers = {spelling.period.month for spelling in bare.values()}
    return bare if len(numbers) >= LEAST_BARE and {1, 2, 3} <= numbers else {}


def _initials(cells: dict[int, Cell]) -> dict[int, Spelling]:
    """« J F M A M J… »: letters in a row name months by their order."""
    letters = {place: cell.value.strip(" .") for place, cell in cells.items() if isinstance(cell.value, str)}
    letters = {place: letter for place, letter in letters.items() if len(letter) == 1 and letter.isalpha()}
    start = initials_start(list(letters.values())) if len(letters) >= LEAST_INITIALS else None
    if start is None:
        return {}
    return {place: Spelling(Period((start + rank - 1) % 12 + 1), Writing.NAMED) for rank, place in enumerate(letters)}
