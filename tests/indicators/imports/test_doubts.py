"""What a grid says in two ways is asked: months hidden, lines told under another, labels nearly the same, growth."""

from dataclasses import replace

import pytest

from tests.indicators.factories import IndicatorFactory
from tests.indicators.imports.grids import (
    CALLS,
    DAYS,
    DELAY,
    MONTHS,
    RATES,
    VISITS,
    asked,
    full,
    months,
    planned,
    sheet,
    simple,
    workbook,
)  # fmt: skip

pytestmark = pytest.mark.django_db
TITLE = ["Tableau de bord 2023"]
COUNTS = [120, 130, 110, 90, 95, 100, 105, 80, 130, 125, 135, 140]
ADDED = [sum(COUNTS[: rank + 1]) for rank in range(12)]


def test_a_month_hidden_in_the_file_is_asked_about(site):
    made = replace(sheet([TITLE, *simple([CALLS, *RATES])]), hidden_columns=frozenset({5}))
    plan = planned(site, workbook(made))
    assert (asked(plan), 4 in months(plan, CALLS)) == (["file:hidden-months"], False)
    taken = planned(site, workbook(made), answers={"file:hidden-months": "yes"})
    assert (asked(taken), months(taken, CALLS)) == ([], full(RATES))


@pytest.mark.parametrize("word", ["Objectif", "Cible 2023", "Écart", "2022", "N-1"])
def test_a_line_that_bears_but_a_word_is_of_the_line_above(site, word):
    plan = planned(site, [TITLE, *simple([CALLS, *RATES], [word, *[0.9] * 12], [DELAY, *DAYS])])
    assert (asked(plan), [line.label for line in plan.lines]) == ([], [CALLS, DELAY])
    assert months(plan, CALLS) == full(RATES)


def test_targets_alone_are_asked_about_and_those_that_change_are_said(site):
    alone = planned(site, [TITLE, *simple([f"{CALLS} prévisionnel", *RATES])])
    assert asked(alone) == ["word:part:previsionnel"]
    plan = planned(site, [TITLE, *simple([CALLS, *RATES], ["Objectif", *RATES])])
    assert (months(plan, CALLS), [one.place.cell for one in plan.warnings]) == (full(RATES), ["B4"])
    assert plan.accounts.reasons == {"cible d’un mois : une cible vaut pour l’année": 12}


def test_a_target_of_two_figures_waits_for_the_person(site):
    rows = [TITLE, ["Indicateur", "Cible", *MONTHS], [CALLS, "95 % en 2024, 90 % en 2023", *RATES]]
    assert asked(planned(site, rows)) == ["word:number:95 % en 2024 90 % en 2023"]


def test_another_channel_or_another_delay_is_asked_about(site):
    IndicatorFactory(code="courriels", label="Taux de réponse aux courriels dans les 5 jours ouvrés", measure="rate")
    for label in (
        "Taux de réponse aux courriers dans les 5 jours ouvrés",
        "Taux de réponse aux courriels dans les 8 jours ouvrés",
    ):
        plan = planned(site, [TITLE, *simple([label, *RATES])])
        assert ([code.partition(":")[0] for code in asked(plan)], plan.lines[0].fate) == (["row"], "asked")


def test_counts_that_only_grow_are_asked_about(site):
    plan = planned(site, [TITLE, *simple([VISITS, *ADDED])])
    (code,) = asked(plan)
    parted = planned(site, [TITLE, *simple([VISITS, *ADDED])], answers={code: "parts"})
    assert (code.partition(":")[0], months(parted, VISITS)) == ("cumul", full(COUNTS))
    assert asked(planned(site, [TITLE, *simple([VISITS, *COUNTS])])) == []


def test_thousands_told_by_the_title_are_asked_about(site):
    rows = [["Tableau de bord 2023 (en milliers)"], *simple([VISITS, *range(12, 0, -1)])]
    assert asked(planned(site, rows)) == ["file:thousands"]
    assert months(planned(site, rows, answers={"file:thousands": "yes"}), VISITS)[1] == 12_000
    assert months(planned(site, rows, answers={"file:thousands": "-"}), VISITS)[1] == 12
