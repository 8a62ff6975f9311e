"""Several sites read as one, a préfecture with its sous-préfectures: as the services of one site are."""

from collections.abc import Sequence

from indicators.rules.months import Month, UnitPart, combine
from indicators.rules.readings import YearReading, read_year

MONTHS = range(1, 13)


def read_together(sites: Sequence[Sequence[Month]], *, measure: str, rule: str) -> YearReading:
    """The year of several sites: each month combined (counts added up and divided once; without counts the mean of the
    sites, a number their sum), then read under the rule. `sites`: the months of each."""
    parts: dict[int, list[UnitPart]] = {month: [] for month in MONTHS}
    for months in sites:
        for one in months:
            parts[one.month].append(UnitPart(0, one.state, one.value, one.numerator, one.denominator))
    return read_year([combine(month, parts[month], measure=measure) for month in MONTHS], rule)
