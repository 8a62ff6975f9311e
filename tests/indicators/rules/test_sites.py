"""Several sites read as one, against what the sum of their counts gives."""

from decimal import Decimal

from indicators.rules.months import Month, ratio
from indicators.rules.sites import read_together


def counted(month: int, above: int, below: int) -> Month:
    return Month(month, "measured", ratio(above, below), above, below)


def valued(month: int, value: str) -> Month:
    return Month(month, "measured", Decimal(value))


def test_counts_are_added_up_and_divided_once():
    sites = [[counted(1, 90, 100), counted(2, 50, 100)], [counted(1, 1, 10), Month(2, "closed")]]
    found = read_together(sites, measure="rate", rule="weighted")
    assert (found.rule, round(found.value, 6), found.used) == ("weighted", round(Decimal(141) / 210, 6), (1, 2))


def test_without_counts_a_rate_is_the_mean_of_the_sites_and_a_number_their_sum():
    sites = [[valued(1, "0.5")], [valued(1, "0.7"), valued(2, "0.9")]]
    assert read_together(sites, measure="rate", rule="mean").value == Decimal("0.75")
    assert read_together(sites, measure="count", rule="sum").value == Decimal("2.1")


def test_nothing_measured_is_sans_objet():
    assert read_together([[Month(1, "closed")], []], measure="rate", rule="mean").value is None
