"""How a year is read from its months, against the reference documents and an independent computation."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.enums import YearRule
from indicators.rules.months import Month, UnitPart, combine
from indicators.rules.readings import is_met, read_year, trend

AIX_CALLS = ("99.0", "98.8", "98.6", "99.5", "98.4", "97.9", "97.6", "99.7", "97.0", "99.5", "99.0", "99.2")
AIX_SVI = ("98.7", "98.2", "98.5", "98.8", "97.9", "98.0", "97.9", "0.0", "98.3", "96.6", "87.9", "98.5")


def rates(*percentages):
    return [Month(i + 1, "measured", Decimal(p) / 100) for i, p in enumerate(percentages)]


def figures(*values):
    return [Month(i + 1, "measured", Decimal(v)) for i, v in enumerate(values)]


def test_the_mean_of_the_calls_of_aix_is_98_68():
    assert read_year(rates(*AIX_CALLS), YearRule.MEAN).value == Decimal("0.986833333333")


def test_the_zero_of_august_takes_the_svi_of_aix_from_97_21_to_89_11():
    months = rates(*AIX_SVI)
    assert read_year(months, YearRule.MEAN).value == Decimal("0.891083333333")
    assert read_year([m for m in months if m.month != 8], YearRule.MEAN).value == Decimal("0.972090909091")


def test_a_year_without_a_measured_month_has_no_reading():
    months = [Month(1, "no_case"), Month(2, "suspended"), Month(3, "closed"), Month(4)]
    for rule in YearRule:
        reading = read_year(months, rule)
        assert (reading.value, reading.weighted, reading.mean, reading.used) == (None, None, None, ())


def test_states_are_left_out_and_never_count_as_zero():
    months = [*figures("2"), Month(2, "no_case"), *[Month(3, "measured", Decimal("4"))]]
    assert read_year(months, YearRule.MEAN).value == Decimal(3)


def test_the_weighted_reading_divides_the_sums_and_gives_the_mean_beside():
    months = [
        Month(1, "measured", Decimal("0.9"), numerator=9, denominator=10),
        Month(2, "measured", Decimal("1"), numerator=90, denominator=90),
    ]
    reading = read_year(months, YearRule.WEIGHTED)
    assert (reading.value, reading.other) == (Decimal("0.99"), Decimal("0.95"))


def test_one_month_without_counts_makes_the_weighted_rule_fall_back_to_the_mean():
    months = [Month(1, "measured", Decimal("0.9"), numerator=9, denominator=10), *rates("100")]
    reading = read_year(months, YearRule.WEIGHTED)
    assert (reading.rule, reading.weighted, reading.value) == (YearRule.MEAN, None, Decimal("0.95"))


@pytest.mark.parametrize(("rule", "expected"), [(YearRule.SUM, "9"), (YearRule.LAST, "4"), (YearRule.MEAN, "3")])
def test_each_rule_reads_the_same_months_its_own_way(rule, expected):
    assert read_year(figures("2", "3", "4"), rule).value == Decimal(expected)


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(1, 5000)), min_size=1, max_size=12))
def test_readings_equal_an_independent_computation_on_fractions(counts):
    months = [
        Month(i + 1, "measured", Decimal(n) / Decimal(d), numerator=n, denominator=d) for i, (n, d) in enumerate(counts)
    ]
    reading = read_year(months, YearRule.WEIGHTED)
    weighted = Fraction(sum(n for n, _ in counts), sum(d for _, d in counts))
    mean = sum(Fraction(n, d) for n, d in counts) / len(counts)
    assert abs(Fraction(reading.weighted) - weighted) <= Fraction(1, 10**12)
    assert abs(Fraction(reading.mean) - mean) <= Fraction(1, 10**12)


@pytest.mark.parametrize(
    ("value", "direction", "target", "expected"),
    [
        ("0.95", ">=", "0.95", True),
        ("0.949999", ">=", "0.95", False),
        ("5", "<", "5", False),
        ("4.99", "<", "5", True),
        ("5", "<=", "5", True),
        ("6", "<=", "5", False),
        (None, ">=", "0.95", None),
        ("0.95", ">=", None, None),
        ("0.95", "", "0.95", None),
    ],
)
def test_a_target_is_met_missed_or_without_object(value, direction, target, expected):
    def number(text):
        return None if text is None else Decimal(text)

    assert is_met(number(value), direction, number(target)) is expected


@pytest.mark.parametrize(
    ("values", "direction", "expected"),
    [
        (["90"], ">=", ""),
        (["90", "95"], ">=", "better"),
        (["95", "90"], ">=", "worse"),
        (["95", "95.5"], ">=", "stable"),
        (["5", "3"], "<", "better"),
        (["3", "5"], "<", "worse"),
        (["3", "5"], "", "up"),
        (["5", "3"], "", "down"),
    ],
)
def test_the_trend_compares_the_last_month_with_the_three_before(values, direction, expected):
    assert trend(figures(*values), direction) == expected


def part(unit, value=None, state="measured", **fields):
    return UnitPart(unit, state, None if value is None else Decimal(value), **fields)


def test_services_that_count_are_added_up_and_divided_once():
    month = combine(
        1, [part(1, "0.9", numerator=9, denominator=10), part(2, "1", numerator=90, denominator=90)], measure="rate"
    )
    assert (month.value, month.numerator, month.denominator) == (Decimal("0.99"), 99, 100)


def test_services_without_counts_give_the_mean_of_a_rate_and_the_sum_of_a_number():
    assert combine(1, [part(1, "0.9"), part(2, "0.8")], measure="rate").value == Decimal("0.85")
    assert combine(1, [part(1, "30"), part(2, "12")], measure="count").value == Decimal("42")


def test_a_site_is_measured_when_one_service_is_and_says_who_lacks():
    month = combine(1, [part(1, "0.9"), part(2, state="closed", reason="travaux")], measure="rate", expected_units=3)
    assert (month.state, month.value, month.reason, month.parts_missing) == ("measured", Decimal("0.9"), "travaux", 1)


def test_without_a_figure_the_state_that_needs_most_explaining_is_kept():
    assert combine(1, [part(1, state="no_case"), part(2, state="closed")], measure="rate").state == "closed"
    assert combine(1, [], measure="rate").state == "missing"


def test_a_month_comes_back_from_its_stored_form():
    month = Month(
        3, "measured", Decimal("0.987654"), numerator=80, denominator=81, comment="note", is_amendment=True,
        unit_id=4, version=2, parts=1,
    )  # fmt: skip
    assert Month.from_json(month.to_json()) == month


def test_a_count_of_zero_is_kept_as_a_count():
    month = Month(3, state="measured", value=Decimal(0), numerator=0, denominator=2, parts=1)
    assert month.to_json() == {"month": 3, "state": "measured", "value": "0", "numerator": 0, "denominator": 2}
    assert Month.from_json(month.to_json()) == month
