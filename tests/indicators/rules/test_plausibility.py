"""What is refused, what is asked about, and what a reader is told."""

from decimal import Decimal

import pytest

from core.base.errors import UserError
from indicators.rules.months import Month
from indicators.rules.plausibility import questions, refuse_impossible
from indicators.rules.readings import read_year
from indicators.rules.warnings import median, warn
from tests.indicators.rules.test_readings import AIX_SVI, figures, rates


def asked(value, *, measure="rate", numerator=None, denominator=None, former=()):
    return questions(
        measure=measure,
        value=Decimal(value),
        numerator=numerator,
        denominator=denominator,
        former=[Decimal(v) for v in former],
    )


def test_a_figure_in_character_is_not_asked_about():
    assert asked("0.98", former=["0.97", "0.99", "0.98"]) == []


def test_zero_after_98_percent_is_asked_about():
    (question,) = asked("0", former=["0.98"])
    assert question.startswith("0\u202f% après 98\u202f% : est-ce exact ?")


def test_ten_times_the_usual_is_asked_about():
    (question,) = asked("20", measure="days", former=["2", "2", "1.5"])
    assert "20\u202fjours s’écarte beaucoup de l’habitude (2\u202fjours)" in question


def test_a_rate_over_100_percent_is_asked_about():
    assert asked("1.05") == ["Le taux de 105\u202f% dépasse 100 %. Est-ce exact ?"]


def test_a_numerator_above_its_denominator_is_asked_about_once():
    assert asked("1.1", numerator=11, denominator=10) == [
        "Le numérateur (11) dépasse le dénominateur (10). Est-ce exact ?"
    ]


def test_a_number_ten_times_under_the_usual_is_asked_about():
    (question,) = asked("12", measure="count", former=["120", "130", "140"])
    assert question.startswith("12 s’écarte beaucoup de l’habitude (130)")


def test_a_count_of_zero_is_ordinary():
    assert asked("0", measure="count", former=["2"]) == []


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "98.7"}, "vouliez-vous écrire 98,7\u202f% ?"),
        ({"value": "-0.1"}, "négative"),
        ({"value": "0", "denominator": 0}, "dénominateur est 0"),
        ({"value": "0.5", "numerator": -1}, "négative"),
        ({"value": "10000000000", "measure": "count"}, "trop grande"),
    ],
)
def test_an_impossible_figure_is_refused_in_one_sentence(fields, words):
    given = {"measure": "rate", "numerator": None, "denominator": None} | fields
    with pytest.raises(UserError, match=words.replace("?", r"\?")):
        refuse_impossible(**(given | {"value": Decimal(given["value"])}))


def test_the_reader_is_told_the_reading_without_the_zero_of_august():
    months = rates(*AIX_SVI)
    (warning,) = warn(months, read_year(months, "mean"), measure="rate", rule="mean")
    assert warning == {
        "code": "suspicious_month",
        "month": 8,
        "message": "97,2\u202f% sans août, 0,0\u202f%",
    }


def test_the_reader_is_told_of_a_thin_base_and_of_counts_that_lack():
    months = figures("6")
    found = warn(months, read_year(months, "weighted"), measure="days", rule="weighted")
    assert [w["code"] for w in found] == ["no_counts", "few_months"]


def test_the_reader_is_told_of_services_that_lack():
    months = [Month(2, "measured", Decimal("0.9"), parts=1, parts_missing=2)]
    found = warn(months, read_year(months, "mean"), measure="rate", rule="mean")
    assert found[0]["message"] == "Février : 2 services n’ont pas saisi."


@pytest.mark.parametrize(("values", "expected"), [([1], 1), ([3, 1, 2], 2), ([4, 1, 2, 3], Decimal("2.5"))])
def test_the_median_is_the_middle(values, expected):
    assert median([Decimal(v) for v in values]) == expected
