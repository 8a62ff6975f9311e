"""What the headings of a table must hold together: a long table's roles, no month twice, no hole between two months."""

from collections import Counter
from collections.abc import Sequence

from core.importing.layout import ColumnRead
from core.importing.periods.heads import Band
from core.importing.periods.roles import ACTUAL, DENOMINATOR, LABEL, NUMERATOR, PERIOD, PeriodsWanted
from core.importing.periods.spans import period_of_code, spelling_of
from core.importing.periods.views import View


def long_heading(view: View, wanted: PeriodsWanted, heading: int, *, has_period: bool = True) -> int:
    """The heading line of a long table (label, period, value); 0 when there is none."""
    lines = (heading,) if heading else range(1, min(view.lines, 30) + 1)
    return next((line for line in lines if _heads_long(view, line, wanted, has_period=has_period)), 0)


def _heads_long(view: View, line: int, wanted: PeriodsWanted, *, has_period: bool) -> bool:
    """Whether a line names a column of labels, one of figures and, unless the sheet says it, one of periods."""
    places: dict[str, int] = {}
    for place in view.filled(line):
        places.setdefault(wanted.side_of(view.at(line, place).text), place)
    if LABEL not in places or not places.keys() & {ACTUAL, NUMERATOR}:
        return False
    if not has_period:
        return True
    below = range(line + 1, min(view.lines, line + 50) + 1)
    named = PERIOD in places and sum(spelling_of(view.at(other, places[PERIOD])) is not None for other in below)
    return named * 2 > len(below) > 0


def twice(columns: Sequence[ColumnRead], band: Band) -> list[tuple[ColumnRead, ColumnRead]]:
    """Pairs of columns that both give the figures of one month of one year and group."""
    seen: dict[tuple, ColumnRead] = {}
    pairs = []
    for column in columns:
        head = band.heads.get(column.number)
        if head is None or column.code not in (ACTUAL, NUMERATOR, DENOMINATOR):
            continue
        key = (column.code, column.setting("period"), head.year, head.group)
        other = seen.setdefault(key, column)
        if other is not column:
            pairs.append((other, column))
    return pairs


def holes(columns: Sequence[ColumnRead]) -> list[int]:
    """Months that no column names between two that are read, in the order of the file."""
    periods = [
        period for column in columns if column.code == ACTUAL and (period := period_of_code(column.setting("period")))
    ]
    months = [period.month for period in periods if period.length == 1]
    counts = Counter(months)
    if len(counts) < 3:
        return []
    first = months[0]
    order = [(month - first) % 12 for month in months]
    return sorted({(first + step - 1) % 12 + 1 for step in range(max(order)) if step not in order})
