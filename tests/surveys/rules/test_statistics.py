"""The statistics of surveys against published intervals, the published figures of 2022 and an independent oracle."""

import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.intervals import Z95
from surveys.rules.statistics import (
    DOWN,
    SAME,
    UP,
    Overall,
    Proportion,
    compare,
    is_significant,
    net_satisfaction,
    overall,
    rate,
    wilson,
    wilson_of_rate,
)

# Newcombe, Statistics in Medicine 17 (1998), table I, score method without continuity correction.
NEWCOMBE = [
    (81, 263, "0.2553", "0.3662"),
    (15, 148, "0.0624", "0.1605"),
    (0, 20, "0.0000", "0.1611"),
    (1, 29, "0.0061", "0.1718"),
]
# The 2022 survey and calls: the percentages printed by the préfecture (DOMAIN §8).
PUBLISHED = [
    (44, 51, "86.3"), (42, 51, "82.4"), (9, 18, "50.0"), (12, 19, "63.2"), (41, 51, "80.4"), (40, 51, "78.4"),
    (34, 51, "66.7"), (38, 51, "74.5"), (39, 51, "76.5"), (35, 46, "76.1"), (19, 28, "67.9"), (23, 28, "82.1"),
    (23, 30, "76.7"), (13, 17, "76.5"), (3, 4, "75.0"), (12, 14, "85.7"), (12, 13, "92.3"), (17, 17, "100.0"),
]  # fmt: skip

counts = st.integers(min_value=1, max_value=5_000).flatmap(
    lambda base: st.tuples(st.integers(min_value=0, max_value=base), st.just(base))
)
proportions = counts.map(lambda pair: Proportion(*pair, threshold=1))


@pytest.mark.parametrize(("satisfied", "answered", "low", "high"), NEWCOMBE)
def test_the_interval_is_the_one_published_for_the_method(satisfied, answered, low, high):
    found = wilson(satisfied, answered)
    assert [f"{found.low:.4f}", f"{found.high:.4f}"] == [low, high]


@pytest.mark.parametrize(("satisfied", "answered", "percent"), PUBLISHED)
def test_the_rate_is_the_one_the_prefecture_published(satisfied, answered, percent):
    assert f"{rate(satisfied, answered) * 100:.1f}" == percent


def test_a_rate_without_answer_is_none_and_never_zero():
    assert (rate(0, 0), wilson(0, 0), net_satisfaction(0, 0)) == (None, None, None)


@pytest.mark.parametrize(("satisfied", "answered"), [(2, 1), (-1, 3), (1, 0)])
def test_impossible_counts_are_refused(satisfied, answered):
    with pytest.raises(ValueError, match=f"{satisfied} of {answered}"):
        rate(satisfied, answered)


@pytest.mark.parametrize(
    ("answered", "threshold", "expected"),
    [(4, 10, False), (9, 10, False), (10, 10, True), (51, 10, True), (0, 0, False), (0, 10, False), (1, 0, True)],
)
def test_a_percentage_is_significant_from_the_threshold_of_answers_on(answered, threshold, expected):
    assert is_significant(answered, threshold) is expected


@pytest.mark.parametrize(
    ("satisfied", "answered", "net"), [(44, 51, Fraction(37, 51)), (9, 18, 0), (0, 4, -1), (4, 4, 1)]
)
def test_net_satisfaction_is_the_satisfied_less_the_dissatisfied(satisfied, answered, net):
    assert net_satisfaction(satisfied, answered) == pytest.approx(Decimal(str(float(net))), abs=Decimal("1e-9"))


@pytest.mark.parametrize(
    ("new", "old", "arrow"),
    [
        ((90, 100, 10), (50, 100, 10), UP),
        ((50, 100, 10), (90, 100, 10), DOWN),
        ((90, 100, 10), (85, 100, 10), SAME),  # the intervals meet
        ((9, 9, 10), (0, 100, 10), SAME),  # too few answers now
        ((100, 100, 10), (0, 9, 10), SAME),  # too few answers then
        ((0, 0, 0), (50, 100, 10), SAME),
        ((44, 51, 10), (44, 51, 10), SAME),
    ],
)
def test_an_arrow_is_drawn_only_where_the_intervals_tell(new, old, arrow):
    assert compare(Proportion(*new), Proportion(*old)) == arrow


def test_overall_adds_the_criteria_and_its_interval_counts_the_forms():
    found = overall([Proportion(44, 51), Proportion(9, 18), Proportion(0, 0)], forms=52, threshold=10)
    assert found == Overall(53, 69, 52, 10)
    assert found.rate == Decimal(53) / 69
    assert found.net == 2 * found.rate - 1
    assert found.interval == wilson_of_rate(found.rate, 52)
    assert found.is_significant


def test_overall_without_an_answer_says_nothing():
    found = overall([], forms=0, threshold=0)
    assert (found.rate, found.net, found.interval, found.is_significant) == (None, None, None, False)


def test_overall_of_few_answers_never_counts_more_forms_than_answers():
    found = overall([Proportion(3, 4)], forms=52, threshold=10)
    assert not found.is_significant
    assert found.interval == wilson(3, 4)


@given(counts)
def test_the_bounds_are_where_the_score_test_just_rejects(pair):
    """Oracle: p is a bound when (p̂ − p)² = z² p (1 − p) / n, solved here by bisection, not by the formula."""
    satisfied, answered = pair
    found = wilson(satisfied, answered)
    assert float(found.low) == pytest.approx(_bisected(satisfied / answered, answered, towards=0.0), abs=1e-9)
    assert float(found.high) == pytest.approx(_bisected(satisfied / answered, answered, towards=1.0), abs=1e-9)


def _bisected(share: float, base: int, *, towards: float) -> float:
    inside, outside = share, towards
    for _ in range(200):
        middle = (inside + outside) / 2
        if (share - middle) ** 2 <= Z95 * Z95 * middle * (1 - middle) / base:
            inside = middle
        else:
            outside = middle
    # an edge that is never rejected is the bound itself
    is_edge_kept = share == towards
    return towards if is_edge_kept else outside


@given(counts)
def test_the_interval_holds_the_rate_inside_zero_and_one(pair):
    found = wilson(*pair)
    assert 0 <= found.low <= rate(*pair) <= found.high <= 1
    assert found.width > 0


@given(counts)
def test_the_dissatisfied_have_the_mirror_interval(pair):
    satisfied, answered = pair
    ours, mirror = wilson(satisfied, answered), wilson(answered - satisfied, answered)
    assert float(ours.low) == pytest.approx(1 - float(mirror.high), abs=1e-12)


@given(counts, st.integers(min_value=2, max_value=9))
def test_more_answers_of_the_same_rate_narrow_the_interval(pair, times):
    satisfied, answered = pair
    assert wilson(satisfied * times, answered * times).width < wilson(satisfied, answered).width


@given(proportions, proportions)
def test_a_comparison_read_the_other_way_round_turns_its_arrow(new, old):
    opposite = {UP: DOWN, DOWN: UP, SAME: SAME}
    assert compare(old, new) == opposite[compare(new, old)]


@given(proportions, proportions)
def test_an_arrow_follows_the_rates(new, old):
    arrow = compare(new, old)
    assert arrow != UP or new.rate > old.rate
    assert arrow != DOWN or new.rate < old.rate


def test_the_published_table_agrees_with_the_reference_counts():
    """`expected.json` of the reference documents, kept beside the tests of the import."""
    rows = json.loads((Path(__file__).parents[2] / "data" / "expected.json").read_text(encoding="utf-8"))
    for row in [*rows["clu_2022_satisfaction"], *rows["clu_2022_mystery"]]:
        positive, base = row.get("satisfied", row.get("yes")), row.get("answered", row.get("evaluated"))
        if row["published_percent"] is not None:
            assert f"{rate(positive, base) * 100:.1f}" == f"{row['published_percent']:.1f}"
