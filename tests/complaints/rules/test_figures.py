"""Rates with their base, mean and median of delays."""

from decimal import Decimal
from statistics import mean as plain_mean
from statistics import median as plain_median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaints.rules.figures import Rate, mean, median


@pytest.mark.parametrize(
    ("count", "base", "rate"), [(0, 0, None), (1, 1, None), (0, 1, None), (1, 2, "0.5"), (11, 80, "0.1375")]
)
def test_a_rate_on_no_case_or_one_is_without_object(count, base, rate):
    found = Rate(count, base)

    assert found.rate == (None if rate is None else Decimal(rate))
    assert (found.interval is None) == (rate is None)
    assert found.as_json() == {"count": count, "base": base, "rate": None if rate is None else float(rate)}


def test_no_case_has_no_mean_and_no_median():
    assert (mean({}), median({})) == (None, None)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=60))
def test_mean_and_median_are_those_of_the_cases_one_by_one(delays):
    counts = {delay: delays.count(delay) for delay in set(delays)}

    assert float(mean(counts)) == pytest.approx(plain_mean(delays))
    assert float(median(counts)) == plain_median(delays)
