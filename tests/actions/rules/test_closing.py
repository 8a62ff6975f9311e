"""A finding is closed by its actions: the rule over its whole space."""

from collections import namedtuple
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.enums import SETTLED, Status
from actions.rules.closing import closed_on

One = namedtuple("One", "status done_on")
ON, BEFORE = date(2016, 10, 7), date(2016, 6, 1)
DONE = One("done", date(2016, 2, 3))
LATER = One("done", date(2016, 9, 1))
UNDATED = One("done", None)
ABANDONED = One("abandoned", None)
ACTIONS = st.builds(One, st.sampled_from(Status.values), st.dates()).map(
    lambda one: one if one.status == Status.DONE else One(one.status, None)
)


@pytest.mark.parametrize(
    ("actions", "before", "day"),
    [
        ([], None, None),
        ([], BEFORE, None),
        ([DONE], None, date(2016, 2, 3)),
        ([DONE, LATER], None, date(2016, 9, 1)),
        ([DONE, LATER], BEFORE, date(2016, 9, 1)),
        ([ABANDONED], None, ON),
        ([ABANDONED], BEFORE, BEFORE),
        ([UNDATED, DONE], None, ON),
        ([UNDATED, LATER], BEFORE, date(2016, 9, 1)),
        ([DONE, One("postponed", None)], BEFORE, None),
        ([One("todo", None)], None, None),
        ([One("ongoing", None), ABANDONED], None, None),
    ],
)
def test_a_finding_closes_on_the_day_its_last_action_was_settled(actions, before, day):
    assert closed_on(actions, before=before, on=ON) == day


@given(actions=st.lists(ACTIONS, max_size=5), before=st.none() | st.dates(), on=st.dates())
def test_it_is_closed_exactly_when_there_are_actions_and_all_are_settled(actions, before, on):
    day = closed_on(actions, before=before, on=on)
    assert (day is not None) == (bool(actions) and all(one.status in SETTLED for one in actions))
    assert day is None or all(one.done_on <= day for one in actions if one.done_on)
    assert closed_on(list(reversed(actions)), before=before, on=on) == day
