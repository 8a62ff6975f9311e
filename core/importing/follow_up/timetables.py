"""Columns of months or quarters under which a cross or a colour says when something is due."""

from core.base.months import MONTH_INITIALS, month_name
from core.importing.follow_up import MONTH
from core.importing.follow_up.told import ToldLine
from core.importing.layout import TableRead
from core.importing.periods.spans import Period, Writing, spelling_in
from core.importing.tables.wanted import Fit


def month_fit(heading: str) -> Fit:
    """Whether a heading names a month or a quarter of a timetable, its year said or not; « J F M A » too."""
    if heading.strip() in MONTH_INITIALS:
        return Fit.EXACT if len(heading.strip()) == 1 else Fit.NONE
    found = spelling_in(heading)
    return Fit.EXACT if found and not found.rest and found.writing != Writing.BARE else Fit.NONE


def timetable_of(table: TableRead) -> dict[int, Period]:
    """The month or quarter of each column of a timetable."""
    columns = table.of_role(MONTH)
    initials = "".join(column.heading.strip() for column in columns)
    if len(initials) == len(columns) and (start := (2 * MONTH_INITIALS).find(initials)) >= 0:
        return {column.number: Period((start + at) % 12 + 1) for at, column in enumerate(columns)}
    found = {column.number: spelling_in(column.heading) for column in columns}
    return {number: one.period for number, one in found.items() if one}


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
