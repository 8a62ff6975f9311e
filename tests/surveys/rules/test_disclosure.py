"""Disclosure control as pure rules: no small group, none told by the others, none unique."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules import disclosure
from surveys.rules.disclosure import HIDDEN

K = 5
SIZES = st.dictionaries(st.integers(0, 20), st.integers(0, 30), max_size=12)


@pytest.mark.parametrize(
    ("sizes", "hidden"),
    [
        ({"a": 5, "b": 9}, set()),
        ({"a": 4, "b": 9}, {"a", "b"}),
        ({"a": 1, "b": 6, "c": 9}, {"a", "b"}),
        ({"a": 2, "b": 3, "c": 9}, {"a", "b"}),
        ({"a": 0, "b": 9}, set()),
        ({"a": 4}, {"a"}),
        ({}, set()),
    ],
)
def test_small_groups_are_hidden_with_what_would_tell_them(sizes, hidden):
    assert disclosure.to_hide(sizes, K) == hidden


@given(sizes=SIZES, already=st.sets(st.integers(0, 20)))
def test_nothing_shown_is_small_and_nothing_hidden_is_told_by_the_total(sizes, already):
    hidden = disclosure.to_hide(sizes, K, already=already)
    shown = [size for key, size in sizes.items() if key not in hidden]
    rest = sum(sizes.values()) - sum(shown)
    assert all(size == 0 or size >= K for size in shown)
    assert rest == 0 or rest >= K or not any(shown)


@given(received=st.integers(0, 200))
def test_one_form_more_moves_what_is_shown_by_a_whole_group_or_not_at_all(received):
    before, after = disclosure.settled(received, K), disclosure.settled(received + 1, K)
    assert after - before in (0, K)
    assert before == 0 or received - before >= K  # nor does the closing tell the last ones


@given(st.lists(st.tuples(*[st.integers(0, 3)] * 4), max_size=60))
def test_no_row_is_unique_below_the_least_group(rows):
    told = disclosure.generalised(rows, K)
    assert len(told) == len(rows)
    assert all(size >= K or len(rows) < K for size in Counter(told).values())
    assert all(
        new in (old, HIDDEN) for one, two in zip(rows, told, strict=True) for old, new in zip(one, two, strict=True)
    )


def test_what_many_share_is_kept_as_it_is():
    rows = [("hall", "web")] * 5 + [("hall", "paper")] * 6
    assert disclosure.generalised(rows, K) == rows
