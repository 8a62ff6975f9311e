"""The calendar of a month: whole weeks, its neighbours, the months it shows."""

from datetime import date

import pytest

from actions.rules.months import is_shown, neighbours, weeks_of


def test_the_weeks_of_a_month_run_from_monday_to_sunday():
    weeks = weeks_of(2026, 11)
    assert (weeks[0][0], weeks[-1][-1]) == (date(2026, 10, 26), date(2026, 12, 6))
    assert {len(week) for week in weeks} == {7}


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        ((2026, 11), ((2026, 10), (2026, 12))),
        ((2026, 1), ((2025, 12), (2026, 2))),
        ((2026, 12), ((2026, 11), (2027, 1))),
    ],
)
def test_a_month_knows_the_one_before_and_the_one_after(month, expected):
    assert neighbours(*month) == expected


@pytest.mark.parametrize(
    ("month", "shown"),
    [((2026, 1), True), ((2026, 13), False), ((2026, 0), False), ((1, 1), False), ((9999, 1), False)],
)
def test_a_month_out_of_the_calendar_is_not_shown(month, shown):
    assert is_shown(*month) is shown
