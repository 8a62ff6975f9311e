"""The pace of a campaign: what a steady one would have brought, when it is behind, what is left to bring."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules.pace import Pace

START, END = date(2026, 3, 2), date(2026, 3, 31)  # thirty days


def pace(returns: int, day: int, *, goal: int | None = 300, **more) -> Pace:
    """On the nth day of the campaign, from 1."""
    return Pace(returns, goal, START, END, START + timedelta(days=day - 1), **more)


@pytest.mark.parametrize(
    ("day", "elapsed", "expected"), [(-3, 0, 0), (1, 0, 0), (2, 1, 10), (16, 15, 150), (30, 29, 290), (31, 30, 300)]
)
def test_a_day_counts_once_it_is_over(day, elapsed, expected):
    found = pace(0, day)
    assert (found.elapsed, found.remaining, found.expected) == (elapsed, 30 - elapsed, expected)


@pytest.mark.parametrize(
    ("returns", "day", "is_behind"),
    [
        (0, 3, False),  # too early to say
        (0, 4, True),
        (24, 4, False),  # 80 % of 30
        (23, 4, True),
        (300, 16, False),
        (119, 16, True),
        (120, 16, False),
        (299, 32, True),  # over, and the goal is missed
        (300, 32, False),
    ],
)
def test_a_campaign_is_behind_under_four_fifths_of_a_steady_pace(returns, day, is_behind):
    assert pace(returns, day).is_behind is is_behind


def test_without_a_goal_or_where_days_do_not_matter_nothing_is_behind():
    assert pace(0, 20, goal=None).is_behind is False
    assert pace(0, 20, is_steady=False).is_behind is False


def test_a_campaign_of_one_day_is_judged_when_it_is_over():
    one = Pace(0, 10, START, START, START)
    assert (one.is_behind, Pace(0, 10, START, START, START + timedelta(days=1)).is_behind) == (False, True)


@pytest.mark.parametrize(
    ("returns", "day", "sentence"),
    [
        (0, -1, "La campagne commence le 02/03/2026."),
        (0, 1, "Reste 30 jours : 10 par jour suffisent."),
        (150, 16, "Reste 15 jours : 10 par jour suffisent."),
        (
            60,
            16,
            "En retard : à un rythme régulier, 150 retours seraient arrivés. Reste 15 jours : 16 par jour suffisent.",
        ),
        (290, 30, "Reste aujourd’hui encore : il en faut 10."),
        (300, 12, "L’objectif est atteint."),
        (299, 31, "La campagne s’est terminée le 31/03/2026 sans atteindre son objectif (300)."),
        (301, 40, "L’objectif est atteint."),
    ],
)
def test_where_it_stands_in_words(returns, day, sentence):
    assert pace(returns, day).sentence == sentence


def test_without_a_goal_the_words_say_until_when():
    assert pace(12, 5, goal=None).sentence == "Jusqu’au 31/03/2026, sans objectif chiffré."
    assert pace(12, 31, goal=None).sentence == "La campagne s’est terminée le 31/03/2026."
    assert pace(3, 5, is_steady=False).sentence == "Jusqu’au 31/03/2026."


@pytest.mark.parametrize(
    ("returns", "goal", "words", "percent"),
    [
        (0, 250, "0 retour sur 250", 0),
        (1, None, "1 retour", 0),
        (2, None, "2 retours", 0),
        (1249, 1250, "1 249 retours sur 1 250", 99),
        (1250, 1250, "1 250 retours sur 1 250", 100),
        (2500, 1250, "2 500 retours sur 1 250", 100),
    ],
)
def test_the_count_in_words_and_its_share(returns, goal, words, percent):
    found = pace(returns, 5, goal=goal)
    assert (found.count, found.percent) == (words, percent)


def test_the_tests_of_a_mystery_campaign_are_called_tests():
    assert pace(1, 5, noun=("test", "tests")).count == "1 test sur 300"


@given(
    returns=st.integers(0, 500), goal=st.integers(1, 400), length=st.integers(1, 200), day=st.integers(-5, 250)
)  # fmt: skip
def test_what_is_asked_of_each_day_left_reaches_the_goal_and_no_less_would(returns, goal, length, day):
    found = Pace(returns, goal, START, START + timedelta(days=length - 1), START + timedelta(days=day))
    assert 0 <= found.elapsed <= found.length == length
    assert 0 <= found.expected <= goal
    if found.is_reached or not found.remaining:
        assert found.needed_each_day == 0
    else:
        assert returns + found.needed_each_day * found.remaining >= goal
        assert returns + (found.needed_each_day - 1) * found.remaining < goal
    assert not (found.is_behind and found.is_reached)
