"""Whatever the shape of the file, the same values: months across or down, quarters, series."""

import pytest

from tests.indicators.imports.grids import (
    CALLS,
    DAYS,
    DELAY,
    LAST_RATES,
    MONTHS,
    RATES,
    VISITS,
    asked,
    full,
    inter,
    is_accounted,
    months,
    planned,
    simple,
)
from tests.indicators.imports.shapes import NO, SHAPES, TITLE

pytestmark = pytest.mark.django_db
CIV = "Délai moyen trimestriel de délivrance des CIV"


@pytest.mark.parametrize("shape", SHAPES)
def test_a_shape_gives_the_values_of_the_year_and_accounts_for_its_cells(site, shape):
    plan = planned(site, SHAPES[shape], name="Suivi")
    assert (asked(plan), [problem.message for problem in plan.errors]) == ([], [])
    assert months(plan, CALLS) == full(RATES)
    assert is_accounted(plan)
    assert "hors des tableaux lus" not in plan.accounts.reasons


def test_the_return_of_one_month_is_a_table(site):
    plan = planned(site, [TITLE, ["Indicateur", "Objectif", "Janvier", "Moyenne 2022"], [CALLS, 0.9, 0.952, 0.94]])
    assert (asked(plan), months(plan, CALLS)) == ([], {1: 0.952})


@pytest.mark.parametrize("beside", [("Hall A", "Hall B"), (None, None)])
def test_figures_without_a_label_under_those_of_a_label_are_asked_about(site, beside):
    heads = ["Indicateur", "Accueil", *MONTHS]
    plan = planned(site, [TITLE, heads, [CALLS, beside[0], *RATES], [None, beside[1], *LAST_RATES]])
    names = [name.lower() for name in beside if name] or ["1re ligne", "2e ligne"]
    assert (asked(plan), months(plan, CALLS)) == ([f"word:part:{name}" for name in names], {})
    assert is_accounted(plan)


def test_figures_that_no_words_name_are_asked_about(site):
    rows = [["Mois", 0.952, CALLS], *[[month, *pair] for month, *pair in zip(MONTHS, DAYS, RATES, strict=True)]]
    plan = planned(site, [TITLE, *rows])
    assert ([code[:4] for code in asked(plan)], months(plan, CALLS)) == (["row:"], full(RATES))


@pytest.mark.parametrize("words", [("O", "R"), ("Avant", "Après")])
def test_unknown_words_under_the_months_are_asked_about_as_roles(site, words):
    rows = [TITLE, ["Indicateur", *inter(MONTHS, NO)], [None, *words * 12], [CALLS, *inter([0.9] * 12, RATES)]]
    assert asked(planned(site, rows)) == ["role:2023:B", "role:2023:C"]
    plan = planned(site, rows, answers={"role:2023:B": "target", "role:2023:C": "actual"})
    assert (asked(plan), months(plan, CALLS)) == ([], full(RATES))


@pytest.mark.parametrize(
    "rows",
    [
        [["Valeurs cumulées depuis janvier 2023"], *simple([VISITS, 10, 30, 60])],
        [TITLE, ["Indicateur", *[f"{month} (YTD)" for month in MONTHS]], [VISITS, 10, 30, 60]],
    ],
)
def test_figures_that_a_title_or_headings_say_are_added_up_are_asked_about_and_parted(site, rows):
    code = "cumul:|nombre d usagers recus au pn|"
    assert asked(planned(site, rows)) == [code]
    plan = planned(site, rows, answers={code: "parts"})
    assert (asked(plan), months(plan, VISITS)) == ([], {1: 10, 2: 20, 3: 30})


def test_a_unit_merged_over_two_rows_is_that_of_both(site):
    rates = "Taux de connexions au site internet"
    rows = [TITLE, ["Indicateur", "Unité", *MONTHS], [CALLS, "%", *[0.9] * 12], [rates, None, *["0,8"] * 12]]
    assert months(planned(site, rows, merged=[(3, 2, 4, 2)], marks={}), rates) == full([0.008] * 12)


@pytest.mark.parametrize("shape", ["target and result", "N-1 and N", "counts under each month"])
def test_months_merged_over_their_columns_say_the_same(site, shape):
    width = 3 if "counts" in shape else 2
    merged = [(2, place, 2, place + width - 1) for place in range(2, 2 + 12 * width, width)]
    plan = planned(site, SHAPES[shape], merged=[*merged, (2, 1, 3, 1)])
    assert (asked(plan), months(plan, CALLS)) == ([], full(RATES))


def test_the_counts_of_a_rate_come_with_it(site):
    value = planned(site, SHAPES["counts down"]).reading["values"][0]
    assert (value["value"], value["numerator"], value["denominator"], value["cell"]) == (0.952, 952, 1000, "C5")


def test_targets_under_the_months_are_the_target_of_the_year(site):
    line = planned(site, SHAPES["target and result"]).lines[0]
    assert (line.content.target, line.content.target_before) == (None, "")  # the one in force already
    line = planned(
        site, [[str(v).replace("0.9", "0.93") if v == 0.9 else v for v in row] for row in SHAPES["target and result"]]
    ).lines[0]
    assert line.content.target_text == "≥\u202f93\u202f%"


@pytest.mark.parametrize(
    "rows",
    [
        [["Résultats 2023"], ["Indicateurs", "T1", "T2", "T3", "T4"], [CIV, 5, 5, 6, 4]],
        [
            ["Résultats 2023"],
            ["Indicateurs", "1er trimestre", "2ème trimestre", "Trim. 3", "4e trim."],
            [CIV, 5, 5, 6, 4],
        ],
        [["Résultats 2023"], ["Trimestre", CIV], ["T1", 5], ["T2", 5], ["T3", 6], ["T4", 4]],
        [["Indicateur", "T1-22", "T2-22", "T1-23", "T2-23", "T3-23", "2023 T4"], [CIV, 9, 8, 5, 5, 6, 4]],
    ],
)
def test_a_quarter_is_kept_on_its_last_month(site, rows):
    plan = planned(site, rows)
    assert (asked(plan), months(plan, CIV)) == ([], {3: 5, 6: 5, 9: 6, 12: 4})


def test_a_quarter_merged_over_its_months_is_the_figure_of_a_quarterly_indicator(site):
    rows = [
        *simple([CIV, 5, None, None, 5, None, None, 6, None, None, 4, None, None], [CALLS, 0.95, None, 0.9, *RATES[3:]])
    ]
    merged = [(2, 2, 2, 4), (2, 5, 2, 7), (2, 8, 2, 10), (2, 11, 2, 13), (3, 2, 3, 3)]
    plan = planned(site, rows, merged=merged)
    assert months(plan, CIV) == {3: 5, 6: 5, 9: 6, 12: 4}
    assert asked(plan) == ["cell:2023!B3"]
    assert months(planned(site, rows, merged=merged, answers={"cell:2023!B3": "last"}), CALLS)[2] == 0.95


def test_a_state_merged_over_months_and_rows_is_that_state_for_each(site):
    rows = [*simple([CALLS, 0.9, "COVID", None, None, *RATES[4:]], [DELAY, 6, None, None, None, *DAYS[4:]])]
    plan = planned(site, rows, merged=[(2, 3, 3, 5)])
    assert [months(plan, label)[month] for label in (CALLS, DELAY) for month in (2, 3, 4)] == ["suspended"] * 6
