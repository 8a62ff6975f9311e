"""Before and after: three measured months on each side, the month itself left out."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.rules.effects import BeforeAndAfter, compare


def series(*values: tuple[int, int, int]) -> list[tuple[int, int, Decimal]]:
    return [(year, month, Decimal(value)) for year, month, value in values]


ROWS = series((2019, 10, 1), (2019, 12, 3), (2020, 1, 5), (2020, 2, 7), (2020, 3, 100), (2020, 4, 8), (2021, 1, 10))


@pytest.mark.parametrize(
    ("done_on", "before", "after", "difference"),
    [
        (date(2020, 3, 15), ("5.00", 3), ("9.00", 2), Decimal(4)),
        (date(2019, 11, 1), ("1.00", 1), ("5.00", 3), Decimal(4)),
        (date(2019, 1, 1), (None, 0), ("3.00", 3), None),
        (date(2021, 1, 31), ("38.33", 3), (None, 0), None),
    ],
)
def test_the_months_nearest_to_the_day_are_compared(done_on, before, after, difference):
    found = compare(ROWS, done_on)
    means = [None if mean is None else str(round(mean, 2)) for mean in (found.before, found.after)]
    assert (means[0], found.months_before) == before
    assert (means[1], found.months_after) == after
    assert found.difference == difference


def test_nothing_measured_is_nothing_to_compare():
    assert compare([], date(2020, 1, 1)) == BeforeAndAfter(None, None, 0, 0)


@given(
    st.lists(
        st.tuples(st.integers(2018, 2022), st.integers(1, 12), st.integers(0, 100)), unique_by=lambda row: row[:2]
    ),
    st.dates(date(2018, 1, 1), date(2022, 12, 31)),
)
def test_the_figures_stay_within_those_measured_and_count_at_most_three_months(rows, done_on):
    found = compare(series(*sorted(rows)), done_on)
    values = [Decimal(value) for *_when, value in rows]
    assert max(found.months_before, found.months_after) <= 3
    for mean, months in ((found.before, found.months_before), (found.after, found.months_after)):
        assert (mean is None) == (months == 0)
        assert mean is None or min(values) <= round(mean, 10) <= max(values)
