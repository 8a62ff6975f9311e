"""Files of several sites, of several years, of a school year: whose figures and of which year are taken, or asked."""

import pytest

from core.importing.asks import Given
from indicators.imports.planning import GridPlanner
from indicators.models import GridImport
from tests.indicators.imports.grids import (
    CALLS,
    DAYS,
    DELAY,
    LAST_RATES,
    MONTHS,
    RATES,
    asked,
    full,
    inter,
    is_accounted,
    months,
    planned,
    sheet,
    simple,
    workbook,
)
from tests.indicators.imports.shapes import NO, TITLE

pytestmark = pytest.mark.django_db
SCHOOL_YEAR = ["Indicateur", *MONTHS[8:], *MONTHS[:8]]


@pytest.mark.parametrize(
    ("rows", "group"),
    [
        (
            [TITLE, ["Site", "Indicateur", *MONTHS], ["Préfecture", CALLS, *RATES], ["SP Arles", CALLS, *LAST_RATES]],
            "Préfecture",
        ),
        (
            [
                TITLE,
                ["Indicateur", *inter(MONTHS, NO)],
                [None, *["Préfecture", "SP Arles"] * 12],
                [CALLS, *inter(RATES, LAST_RATES)],
            ],
            "Préfecture",
        ),
        (
            [TITLE, ["Préfecture"], *simple([CALLS, *RATES]), [], ["SP Arles"], *simple([CALLS, *LAST_RATES])],
            "Préfecture",
        ),
    ],
)
def test_of_several_sites_one_is_asked_for(site, rows, group):
    plan = planned(site, rows)
    assert (asked(plan), months(plan, CALLS)) == (["file:site"], {})
    assert plan.open_asks[0].proposed == "Préfecture"
    answered = planned(site, rows, answers={"file:site": group})
    assert (asked(answered), months(answered, CALLS)) == ([], full(RATES))
    assert "autre site : SP Arles" in answered.accounts.reasons


def test_a_sheet_for_each_site_is_asked_about_and_a_sheet_for_each_year_is_not(site):
    rows, others = [TITLE, *simple([CALLS, *RATES])], [TITLE, *simple([CALLS, *LAST_RATES])]
    sites = workbook(sheet(rows, name="Préfecture"), sheet(others, name="Arles"))
    assert asked(planned(site, sites)) == ["file:site"]
    assert months(planned(site, sites, answers={"file:site": "Préfecture"}), CALLS) == full(RATES)
    years = workbook(sheet(rows[1:], name="2023"), sheet(others[1:], name="2022"))
    assert (asked(planned(site, years)), months(planned(site, years), CALLS)) == ([], full(RATES))


def test_a_sheet_for_each_month_is_one_grid(site):
    sheets = [
        sheet(
            [["Bilan 2023"], ["Indicateur", "Cible", "Réalisé"], [CALLS, 0.9, RATES[month]], [DELAY, 10, DAYS[month]]],
            name=name,
        )
        for month, name in enumerate(MONTHS)
    ]
    plan = planned(site, workbook(*sheets))
    assert (asked(plan), plan.errors) == ([], [])
    assert (months(plan, CALLS), months(plan, DELAY)) == (full(RATES), full(DAYS))
    assert (is_accounted(plan), plan.accounts.counts["left_out"]) == (True, 0)


@pytest.mark.parametrize("heads", [("Résultat N-1", "Résultat N", "Objectif"), ("2022", "Taux", "Cible 2023")])
def test_a_sheet_for_each_month_tells_the_year_from_the_last(site, heads):
    names = ["Janvier 2023", "Février 2023", "Mars 2023"]
    cells = zip(names, LAST_RATES, RATES, strict=False)
    plan = planned(
        site, workbook(*(sheet([["Indicateur", *heads], [CALLS, last, rate, 0.9]], name=n) for n, last, rate in cells))
    )
    assert (asked(plan), months(plan, CALLS)) == ([], full(RATES[:3]))


def test_the_words_of_ones_own_site_need_no_question(site):
    rows = [
        TITLE,
        ["Site", "Indicateur", *MONTHS],
        ["Préfecture d'Essai", CALLS, *RATES],
        ["SP Arles", CALLS, *LAST_RATES],
    ]
    assert (asked(planned(site, rows)), months(planned(site, rows), CALLS)) == ([], full(RATES))


@pytest.mark.parametrize(
    ("year", "expected"), [(2022, {9: 0.91, 10: 0.92, 11: 0.93, 12: 0.9}), (2023, full(RATES[:8]))]
)
def test_of_a_school_year_only_the_months_of_the_year_are_kept(site, year, expected):
    plan = planned(
        site, [["Suivi 2022-2023"], SCHOOL_YEAR, [CALLS, *LAST_RATES[8:], *RATES[:8]]], year=year, name="Suivi"
    )
    assert (asked(plan), months(plan, CALLS)) == ([], expected)


def test_a_school_year_without_its_years_is_asked_about(site):
    plan = planned(site, [SCHOOL_YEAR, [CALLS, *LAST_RATES[8:], *RATES[:8]]], name="Suivi")
    assert asked(plan) == ["year:Suivi"]


def test_a_file_that_does_not_say_its_year_is_asked_about(site):
    plan = planned(site, simple([CALLS, *RATES]), name="Feuil1")
    assert [(ask.code, ask.proposed) for ask in plan.open_asks] == [("file:year", "2023")]
    assert "Le fichier ne dit pas son année : est-ce 2023 ?" in plan.open_asks[0].question
    assert asked(planned(site, simple([CALLS, *RATES]), name="Feuil1", answers={"file:year": "2023"})) == []


def test_a_title_with_two_years_is_asked_about(site):
    rows = [["Comparaison 2022 et 2023"], *simple([CALLS, *RATES])]
    assert asked(planned(site, rows, name="Suivi")) == ["file:year"]


def test_a_grid_of_another_year_is_asked_about_at_its_cell_and_taken_for_its_year(site):
    rows = [["", "", "", "Année 2019"], *simple([CALLS, *RATES])]
    plan = planned(site, rows, name="Suivi")
    assert [(ask.code, ask.proposed, ask.places[0].cell) for ask in plan.open_asks] == [("file:year", "2019", "D1")]
    assert (plan.errors, plan.reading["values"], is_accounted(plan)) == ([], [], True)
    record = GridImport(site=site, year=2023)
    taken = GridPlanner(record, Given({"file:year": "2019"})).plan(workbook(sheet(rows, name="Suivi")))
    assert (record.year, asked(taken), months(taken, CALLS)) == (2019, [], full(RATES))
    other = planned(site, rows, name="Suivi", answers={"file:year": "-"})
    assert [(problem.place.cell, "(cellule D1) et non de 2023" in problem.message) for problem in other.errors] == [
        ("D1", True)
    ]


@pytest.mark.parametrize(
    "title", ["Qual-e-Pref 2018", "Référentiel version 2019", "Édité le 3 janvier 2021", "Mis à jour le 12/01/2021"]
)
def test_other_dates_of_a_title_are_not_the_year_of_the_grid(site, title):
    assert asked(planned(site, [[title], *simple([CALLS, *RATES])], name="Suivi 2023")) == []
