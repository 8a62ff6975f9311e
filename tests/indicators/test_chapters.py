"""The chapter of the indicators and its annex, built from the readings."""

from decimal import Decimal

import pytest

from indicators import chapters
from tests.indicators.factories import FamilyFactory, IndicatorFactory, ReadingFactory
from tests.organisations.factories import SousPrefectureFactory

pytestmark = pytest.mark.django_db

MEASURED = ("1.0", "0.98", "0.97", "0.99", "0.1")


@pytest.fixture
def site():
    return SousPrefectureFactory(name="Sous-préfecture de Test")


def months(*values) -> list[dict]:
    """The twelve months of a reading, as `Month.to_json` keeps them; None is a suspended month."""
    padded = [*values, *[None] * (12 - len(values))]
    return [
        {"month": number, "state": "suspended" if value is None else "measured", "value": value,
         "numerator": None, "denominator": None, "reason": "", "comment": "", "parts_missing": 0}
        for number, value in enumerate(padded, start=1)
    ]  # fmt: skip


def reading(site, label="Taux", **fields):
    fields.setdefault("months", months(*MEASURED))
    fields.setdefault("measured_months", len(MEASURED))
    return ReadingFactory(site=site, year=2020, indicator=IndicatorFactory(label=label), **fields)


def judged(site, label, met):
    reading(site, label, target_value=Decimal("0.9"), target_direction=">=", target_met=met)


@pytest.mark.parametrize(
    ("results", "words"),
    [
        ([], "Aucun indicateur n’est suivi en 2020 : Sous-préfecture de Test."),
        ([None], "1 indicateur suivi en 2020, dont 1 mesuré au moins un mois."),
        ([True], "1 indicateur suivi en 2020, dont 1 mesuré au moins un mois. 1 cible atteinte sur 1."),
        ([False], "1 indicateur suivi en 2020, dont 1 mesuré au moins un mois. 0 cible atteinte sur 1."),
        ([True, True, False],
         "3 indicateurs suivis en 2020, dont 3 mesurés au moins un mois. 2 cibles atteintes sur 3."),
    ],
)  # fmt: skip
def test_the_year_is_summed_up_in_words_that_agree(site, results, words):
    for number, met in enumerate(results):
        if met is None:
            reading(site, f"Taux {number}")
        else:
            judged(site, f"Taux {number}", met)
    assert chapters.chapter(site, 2020)["summary"] == words


def test_a_year_followed_and_never_measured_says_so(site):
    reading(site, value=None, measured_months=0, months=months())
    assert chapters.chapter(site, 2020)["summary"] == "1 indicateur suivi en 2020 ; aucun n’a été mesuré."


def test_missed_targets_are_listed_with_their_figure(site):
    judged(site, "Taux atteint", True)
    judged(site, "Taux manqué", False)
    missed = chapters.chapter(site, 2020)["missed"]
    assert [words for _line, words in missed] == ["Taux manqué : 95\u202f% pour une cible ≥\u202f90\u202f%"]


def test_suspended_months_are_named(site):
    reading(site, months=months("1.0", None, "1.0", "1.0", "1.0", "1.0", "1.0", "1.0", "1.0", "1.0"))
    assert chapters.chapter(site, 2020)["suspended"] == "février, novembre et décembre"


def test_counts_that_lack_are_a_mark_and_a_month_out_of_character_a_sentence(site):
    warnings = [
        {"code": "no_counts", "month": None, "message": "Effectifs absents."},
        {"code": "suspicious_month", "month": 5, "message": "98,5 % sans mai, 10,0 %"},
        {"code": "few_months", "month": None, "message": "Lecture faite sur 1 mois."},
    ]
    reading(site, warnings=warnings)
    [(_family, [line])] = chapters.chapter(site, 2020)["families"]
    assert line.counts_lack is True
    assert [warning.replace("\u202f", " ") for warning in line.warnings] == [
        "mai (10 %) s’écarte des autres mois ; sans ce mois, la lecture serait de 98,5 %.",
        "Lecture faite sur 1 mois.",
    ]


def test_last_year_is_not_judged_without_a_figure(site):
    reading(site, previous_value=None, previous_target_met=True)
    [(_family, [line])] = chapters.chapter(site, 2020)["families"]
    assert (line.previous, line.previous_met) == ("–", None)


def test_a_curve_needs_four_months(site):
    reading(site, "Trois mois", measured_months=3)
    reading(site, "Quatre mois", measured_months=4)
    charts = {line.indicator.label: bool(line.chart) for _, lines in chapters.chapter(site, 2020)["families"]
              for line in lines}  # fmt: skip
    assert charts == {"Trois mois": False, "Quatre mois": True}


def test_the_annex_has_a_cell_per_month_and_a_legend_of_the_letters_used(site):
    reading(site)
    annex = chapters.annex(site, 2020)
    [(_family, [line])] = annex["families"]
    assert [cell.replace("\u202f", " ") for cell in line.cells] == ["100 %", "98 %", "97 %", "99 %", "10 %", *["S"] * 7]
    assert annex["legend"] == [("S", "suspendu")]
    assert (annex["is_landscape"], annex["is_empty"]) == (True, False)


def test_an_annex_without_indicators_is_left_out(site):
    assert chapters.annex(site, 2020)["is_empty"] is True


def test_a_chapter_takes_two_queries_whatever_its_length(site, django_assert_num_queries):
    for number in range(3):
        reading(site, f"Taux {number}")
    with django_assert_num_queries(2):
        chapters.chapter(site, 2020)


def test_the_curves_of_a_family_share_one_scale_with_last_year_in_dashes(site):
    family = FamilyFactory()
    for label, values in (("Haut", ("0.99",) * 5), ("Bas", ("0.5",) * 5)):
        indicator = IndicatorFactory(label=label, family=family)
        ReadingFactory(site=site, year=2020, indicator=indicator, months=months(*values), measured_months=5)
    ReadingFactory(site=site, year=2019, indicator=indicator, months=months("0.4", "0.45"), measured_months=2)

    [(_, lines)] = chapters.chapter(site, 2020)["families"]
    high, low = (line.chart for line in lines)
    assert ["40\u202f%" in chart for chart in (high, low)] == [True, True]
    assert ["qp-chart__before" in chart for chart in (high, low)] == [False, True]
