"""When a deadline is reminded of, and the day of the week on which digests leave."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.rules.digests import (
    Moment,
    days_late,
    is_escalated,
    moment_of,
    monday_of,
    sending_day,
    week_key,
)

WEDNESDAY = date(2026, 11, 18)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("latest", "expected"),
    [
        (date(2025, 11, 17), Moment.STALE),
        (date(2025, 11, 18), Moment.LATE),
        (date(2026, 11, 17), Moment.LATE),
        (WEDNESDAY, Moment.THIS_WEEK),
        (date(2026, 11, 22), Moment.THIS_WEEK),
        (date(2026, 11, 23), Moment.SOON),
        (date(2026, 12, 2), Moment.SOON),
        (date(2026, 12, 3), None),
        (None, None),
    ],
)
def test_a_deadline_is_late_this_week_soon_or_not_told(latest, expected):
    assert moment_of(latest, WEDNESDAY, days_before=14) == expected


def test_without_notice_only_the_week_is_told():
    assert moment_of(date(2026, 11, 23), WEDNESDAY, days_before=0) is None
    assert moment_of(date(2026, 11, 22), WEDNESDAY, days_before=0) == Moment.THIS_WEEK


@pytest.mark.parametrize(("days", "expected"), [(14, False), (15, False), (16, True)])
def test_the_head_is_told_after_more_than_the_days_allowed(days, expected):
    latest = WEDNESDAY - timedelta(days=days)
    assert (days_late(latest, WEDNESDAY), is_escalated(latest, WEDNESDAY, escalate_after=15)) == (days, expected)
    assert not is_escalated(None, WEDNESDAY, escalate_after=0)


@pytest.mark.parametrize(
    ("weekday", "off", "expected"),
    [
        (0, set(), date(2026, 11, 16)),
        (4, set(), date(2026, 11, 20)),
        (0, {date(2026, 11, 16)}, date(2026, 11, 17)),
        (3, {date(2026, 11, 19), date(2026, 11, 20)}, None),
    ],
)
def test_digests_leave_on_the_day_chosen_or_the_next_working_one(weekday, off, expected):
    assert sending_day(WEDNESDAY, weekday, lambda day: day not in off) == expected


@given(DAYS, st.integers(0, 4))
def test_there_is_one_sending_day_a_week_whatever_the_day_asked(day, weekday):
    week = [monday_of(day) + timedelta(days=number) for number in range(7)]
    found = {sending_day(one, weekday, lambda _day: True) for one in week}
    assert found == {week[weekday]}
    assert len({week_key(one) for one in week}) == 1
    assert week_key(week[0]) != week_key(week[0] + timedelta(days=7))


@given(DAYS, DAYS, st.integers(0, 60))
def test_a_deadline_goes_through_the_moments_in_their_order(latest, on, days_before):
    order = [None, Moment.SOON, Moment.THIS_WEEK, Moment.LATE, Moment.STALE]
    before, after = (
        order.index(moment_of(latest, day, days_before=days_before)) for day in (on, on + timedelta(days=1))
    )
    assert before <= after


@pytest.mark.parametrize(
    ("day", "key"), [(date(2026, 11, 18), "2026-S47"), (date(2027, 1, 1), "2026-S53"), (date(2024, 12, 30), "2025-S01")]
)
def test_the_week_is_that_of_the_calendar(day, key):
    assert week_key(day) == key
