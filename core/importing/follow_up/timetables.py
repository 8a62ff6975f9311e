"""Columns of months or quarters under which a cross or a colour says when something is due."""

from dataclasses import replace

from core.base.months import MONTH_INITIALS, month_name
from core.importing.follow_up import MONTH
from core.importing.follow_up.told import ToldLine
from core.importing.layout import GROUPED, ColumnRead, TableRead
from core.importing.periods.spans import Period, Writing, spelling_in
from core.importing.periods.years import years_named
from core.importing.tables.wanted import Fit


def month_fit(heading: str) -> Fit:
    """Whether a heading names a month or a quarter of a timetable, its year said or not; « J F M A » too."""
    if heading.strip() in MONTH_INITIALS:
        return Fit.EXACT if len(heading.strip()) == 1 else Fit.NONE
    found = spelling_in(heading)
    return Fit.EXACT if found and not found.rest and found.writing != Writing.BARE else Fit.NONE


def timetable_of(table: TableRead, year: int) -> dict[int, Period]:
    """The month or quarter of each column of a timetable, from a year on: the next one where its months begin again."""
    columns = table.of_role(MONTH)
    named = _initials(table, columns)
    found: dict[int, Period] = {}
    last: Period | None = None
    for column in columns:
        spelling = spelling_in(column.heading)
        period = named.get(column.number) or (spelling.period if spelling else None)
        if period is None:
            continue
        said = period.year or next(iter(years_named(column.heading)), None)
        begins_again = last is not None and last.length == period.length and period.month <= last.month
        year = said or year + begins_again
        found[column.number] = last = replace(period, year=year)
    return found


def _initials(table: TableRead, columns: list[ColumnRead]) -> dict[int, Period]:
    """« J F M A M J… », for a year or several: by their order, whatever a column among them was taken for."""
    run = [one for one in table.columns if columns and columns[0].number <= one.number <= columns[-1].number]
    letters = [one.heading.rpartition(GROUPED)[2].strip() for one in run]
    row = "".join(letters)
    start = ((len(row) // 12 + 2) * MONTH_INITIALS).find(row) if row and len(row) == len(letters) else -1
    return {one.number: Period((start + at) % 12 + 1) for at, one in enumerate(run)} if start >= 0 else {}


def crossed_of(entry: ToldLine, timetable: dict[int, Period]) -> list[Period]:
    """The periods with a cross on a line, else those that are coloured when not all are."""
    row = entry.row
    crossed = {column for column, _value, text, _place in entry.cells(MONTH) if len(text) < 4}
    if not crossed and row:
        filled = {column for column in timetable if row.facing.cell(row.number, column).fill}
        crossed = filled if len(filled) < len(timetable) else set()
    return [timetable[column] for column in crossed if column in timetable]


def words_of(periods: list[Period], year: int) -> str:
    """« de mars à mai 2023 »: from the first period to the last one, of a year unless they say theirs."""
    if not periods:
        return ""
    first_year, first = min((one.year or year, one.first) for one in periods)
    last_year, last = max((one.year or year, one.month) for one in periods)
    end = f"{month_name(last)} {last_year}"
    begin = month_name(first) if first_year == last_year else f"{month_name(first)} {first_year}"
    return end if (first_year, first) == (last_year, last) else f"de {begin} à {end}"
