"""Quarters: their days, their names, and how many are offered."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.rules.quarters import MOST_QUARTERS, Quarter, quarters_between


@pytest.mark.parametrize(
    ("day", "label", "first", "last"),
    [
        (date(2021, 1, 1), "T1 2021", date(2021, 1, 1), date(2021, 3, 31)),
        (date(2021, 6, 30), "T2 2021", date(2021, 4, 1), date(2021, 6, 30)),
        (date(2021, 7, 1), "T3 2021", date(2021, 7, 1), date(2021, 9, 30)),
        (date(2021, 12, 31), "T4 2021", date(2021, 10, 1), date(2021, 12, 31)),
        (date(9999, 12, 31), "T4 9999", date(9999, 10, 1), date(9999, 12, 31)),
    ],
)
def test_a_quarter_has_its_name_and_its_days(day, label, first, last):
    quarter = Quarter.of(day)
    assert (quarter.label, quarter.first_day, quarter.last_day) == (label, first, last)


@given(st.dates())
def test_every_day_is_in_its_quarter_and_the_address_leads_back_to_it(day):
    quarter = Quarter.of(day)
    assert quarter.first_day <= day <= quarter.last_day
    assert Quarter.parse(str(quarter)) == quarter


def test_quarters_between_two_days_follow_one_another():
    found = quarters_between(date(2020, 11, 3), date(2021, 5, 1))
    assert [str(quarter) for quarter in found] == ["2020-T4", "2021-T1", "2021-T2"]


def test_a_deadline_typed_for_another_millennium_does_not_fill_the_menu():
    found = quarters_between(date(2015, 1, 1), date(2500, 1, 1))
    assert len(found) <= MOST_QUARTERS
    assert found[-1] == Quarter(2500, 1)
