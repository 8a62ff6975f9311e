"""Whatever the shape of the file, the same values: months across or down, quarters, years, sites, series."""

from datetime import date

import pytest

from core.importing.asks import Given
from indicators.imports.planning import GridPlanner
from indicators.models import Assignment, GridImport
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
    sheet,
    simple,
    workbook,
)

pytestmark = pytest.mark.django_db
TITLE = ["Tableau de bord 2023"]
NO = [None] * 12
BLOCKS_OF_TWO = [(2, place, 2, place + 1) for place in range(2, 26, 2)]
CIV = "Délai moyen trimestriel de délivrance des CIV"
COUNTS = [round(rate * 1000) for rate in RATES]
UP = [
    list(row) for row in zip(["Mois", "Objectif", *MONTHS], [CALLS, 0.9, *RATES], [DELAY, "< 10 j", *DAYS], strict=True)
]
LONG = [
    ["indicateur", "annee", "mois", "valeur", "unite"],
    *(
        [CALLS, year, f"{m:02d}", rate, "taux"]
        for year, rates in ((2022, LAST_RATES), (2023, RATES))
        for m, rate in full(rates).items()
    ),
]
SHAPES = {
    "months down": [TITLE, *UP],
    "headings far down": [TITLE, *[[]] * 30, *simple([CALLS, *RATES])],
    "target and result": [
        TITLE,
        ["Indicateur", *inter(MONTHS, NO)],
        [None, *["Cible", "Réalisé"] * 12],
        [CALLS, *inter([0.9] * 12, RATES)],
    ],
    "planned, actual, gap": [
        TITLE,
        ["Indicateur", *inter(MONTHS, NO, NO)],
        [None, *["Prévu", "Réalisé", "Écart"] * 12],
        [CALLS, *inter([0.9] * 12, RATES, [0.05] * 12)],
    ],
    "N-1 and N": [
        TITLE,
        ["Indicateur", *inter(MONTHS, NO)],
        [None, *["N-1", "N"] * 12],
        [CALLS, *inter(LAST_RATES, RATES)],
    ],
    "two years under each month": [
        ["Indicateur", *inter(MONTHS, NO)],
        [None, *[2022, 2023] * 12],
        [CALLS, *inter(LAST_RATES, RATES)],
    ],
    "two years side by side": [
        ["Indicateur", 2022, *[None] * 11, 2023, *[None] * 11],
        [None, *MONTHS, *MONTHS],
        [CALLS, *LAST_RATES, *RATES],
    ],
    "series side by side": [
        TITLE,
        ["Indicateur", "Cible", *[None] * 11, "Réalisé", *[None] * 11],
        [None, *MONTHS, *MONTHS],
        [CALLS, *[0.9] * 12, *RATES],
    ],
    "series in the heading": [
        TITLE,
        ["Indicateur", *inter([f"{m} cible" for m in MONTHS], [f"{m} réalisé" for m in MONTHS])],
        [CALLS, *inter([0.9] * 12, RATES)],
    ],
    "years down": [["Indicateur", "Année", *MONTHS], [CALLS, 2022, *LAST_RATES], [None, 2023, *RATES]],
    "N-1 and N down": [TITLE, ["Indicateur", "Année", *MONTHS], [CALLS, "N-1", *LAST_RATES], [None, "N", *RATES]],
    "target and result down": [
        TITLE,
        ["Indicateur", None, *MONTHS],
        [CALLS, "Cible", *[0.9] * 12],
        [None, "Réalisé", *RATES],
        [DELAY, "Cible", *[10] * 12],
        [None, "Réalisé", *DAYS],
    ],
    "a year in each block": [
        ["Bilan 2022"],
        *simple([CALLS, *LAST_RATES]),
        [],
        ["Bilan 2023"],
        *simple([CALLS, *RATES]),
    ],
    "quarters and a total among the months": [
        TITLE,
        ["Indicateur", *MONTHS[:3], "T1", *MONTHS[3:6], "2e trimestre", *MONTHS[6:], "Total"],
        [CALLS, *RATES[:3], 0.95, *RATES[3:6], 0.95, *RATES[6:], 0.95],
    ],
    "a long table": LONG,
    "two targets": [
        TITLE,
        ["Indicateur", "Objectif 2022", "Objectif 2023", "Seuil d’alerte", "Résultat 2022", *MONTHS, "Résultat 2023"],
        [CALLS, 0.85, 0.9, 0.7, 0.88, *RATES, 0.95],
    ],
    "counts under each month": [
        TITLE,
        ["Indicateur", *inter(MONTHS, NO, NO)],
        [None, *["Traités", "Reçus", "%"] * 12],
        [CALLS, *inter(COUNTS, [1000] * 12, RATES)],
    ],
    "counts down": [
        TITLE,
        ["Indicateur", "Mesure", *MONTHS],
        [CALLS, "Nombre d’appels reçus", *[1000] * 12],
        [None, "Nombre d’appels décrochés", *COUNTS],
        [None, "Taux", *RATES],
    ],
    "counts down without a word": [TITLE, *simple([CALLS, *[1000] * 12], [CALLS, *COUNTS], [CALLS, *RATES])],
    "what a label ends with": [
        TITLE,
        *simple([f"{CALLS} - cible", *[0.9] * 12], [f"{CALLS} - résultat", *RATES], [f"{DELAY} (cible)", *[10] * 12]),
    ],
    "last year beside its label": [TITLE, *simple([f"{CALLS} (N-1)", *LAST_RATES], [CALLS, *RATES])],
    "the month and its total": [
        TITLE,
        ["Indicateur", *inter(MONTHS, NO)],
        [None, *["Mois", "Cumul"] * 12],
        [CALLS, *inter(RATES, [0.9] * 12)],
    ],
    "total received and treated": [
        TITLE,
        ["Indicateur", None, *MONTHS],
        [CALLS, "Total reçus", *[1000] * 12],
        [None, "dont traités", *COUNTS],
    ],
    "a year that a label ends with": [
        TITLE,
        *simple([f"{CALLS} 2022", *LAST_RATES], [f"{CALLS} 2023", *RATES]),
    ],
    "N-1, N and the gap down": [
        TITLE,
        ["Indicateur", None, *MONTHS],
        [CALLS, "N-1", *LAST_RATES],
        [None, "N", *RATES],
        [None, "Écart", *[0.05] * 12],
    ],
    "last year beside each month": [
        TITLE,
        ["Indicateur", *inter(MONTHS, [f"{month} N-1" for month in MONTHS])],
        [CALLS, *inter(RATES, LAST_RATES)],
    ],
    "quarters over their months": [
        TITLE,
        ["Indicateur", *inter(["1er trimestre", "2e trimestre", "T3", "T4"], NO[:4], NO[:4])],
        [None, *MONTHS],
        [CALLS, *RATES],
    ],
    "half a year below the other": [
        TITLE,
        ["Indicateur", *MONTHS[:6]],
        [CALLS, *RATES[:6]],
        [DELAY, *DAYS[:6]],
        [],
        ["Indicateur", *MONTHS[6:]],
        [CALLS, *RATES[6:]],
        [DELAY, *DAYS[6:]],
    ],
    "one indicator, named by the title": [
        [CALLS],
        ["Mois", 2022, 2023],
        *[list(line) for line in zip(MONTHS, LAST_RATES, RATES, strict=True)],
    ],
    "fractions are no months": [
        TITLE,
        *simple([CALLS, *RATES], [CALLS + " SVI", "12/13", "11/12", "9/10", *[None] * 9]),
    ],
    "months in another order": [TITLE, ["Indicateur", *MONTHS[::-1]], [CALLS, *RATES[::-1]]],
    "English months": [
        ["2023"],
        ["Indicator", "Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "October", "Nov", "Dec"],
        [CALLS, *RATES],
    ],
    "initials": [["2023"], ["Indicateur", *"JFMAMJJASOND"], [CALLS, *RATES]],
    "dates": [["Indicateur", *(date(2023, month, 1) for month in range(1, 13))], [CALLS, *RATES]],
    "numbered months": [["2023"], ["Indicateur", *range(1, 13)], [CALLS, *RATES]],
    "months and years": [["Indicateur", *(f"{name}-23" for name in MONTHS)], [CALLS, *RATES]],
}


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


def test_the_words_of_ones_own_site_need_no_question(site):
    rows = [
        TITLE,
        ["Site", "Indicateur", *MONTHS],
        ["Préfecture d'Essai", CALLS, *RATES],
        ["SP Arles", CALLS, *LAST_RATES],
    ]
    assert (asked(planned(site, rows)), months(planned(site, rows), CALLS)) == ([], full(RATES))


SCHOOL_YEAR = ["Indicateur", *MONTHS[8:], *MONTHS[:8]]


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


def test_a_month_whose_heading_is_not_understood_is_an_error_within_and_a_question_at_the_end(site):
    notice, rows = (
        sheet([["Lisez-moi"]], name="Notice"),
        [["Indicateur", "Janv", "Période B", *MONTHS[2:]], [CALLS, *RATES]],
    )
    within = planned(site, workbook(notice, sheet(rows)))
    assert [problem.message for problem in within.errors] == [
        "Le mois de février manque entre deux mois lus : son titre n’est pas compris."
    ]
    assert asked(planned(site, [["Indicateur", "Période A", *MONTHS[1:]], [CALLS, *RATES]])) == ["role:2023:B"]


def test_a_column_can_be_given_its_role_and_its_month(site):
    rows = [["Indicateur", "Période A", *MONTHS[1:]], [CALLS, *RATES]]
    answers = {"role:2023:B": "actual", "set:2023:B:period": "01"}
    assert months(planned(site, rows, answers=answers), CALLS) == full(RATES)


def test_two_januaries_are_an_error_until_one_is_left_unread(site):
    rows = [["Indicateur", "Janv", "Janvier", *MONTHS[1:]], [CALLS, 0.1, *RATES]]
    assert [problem.place.cell for problem in planned(site, rows).errors] == ["C1"]
    plan = planned(site, rows, answers={"role:2023:B": "-"})
    assert (plan.errors, months(plan, CALLS)) == ([], full(RATES))


def test_a_sub_heading_that_says_nothing_is_asked_about_once_for_its_twelve_columns(site):
    rows = [TITLE, ["Indicateur", *inter(MONTHS, NO)], [None, *["Nb", "%"] * 12], [CALLS, *inter(COUNTS, RATES)]]
    plan = planned(site, rows)
    assert (asked(plan), months(plan, CALLS)) == (["role:2023:B"], full(RATES))
    assert plan.accounts.counts["asked"] == 12
    assert asked(planned(site, rows, answers={"role:2023:B": "numerator"})) == []


@pytest.mark.parametrize("rows", [[], [["Bonjour"]], [["Mai", "Juin"], ["a", 1]], [["Indicateur", 1, 2], ["a", 3, 4]]])
def test_a_file_without_a_grid_is_one_error(site, rows):
    plan = planned(site, rows)
    assert [problem.message.startswith("Aucun tableau de mois n’a été trouvé") for problem in plan.errors] == [True]
    assert is_accounted(plan)


def test_hidden_sheets_and_notices_are_left_out_and_said_and_can_be_read(site):
    book = workbook(
        sheet([["Lisez-moi"]], name="Notice"),
        sheet(simple([CALLS, *RATES])),
        sheet(simple([DELAY, *DAYS]), name="2023 bis", is_hidden=True),
    )
    plan = planned(site, book)
    assert [problem.place.sheet for problem in plan.warnings] == ["Notice", "2023 bis"]
    assert months(planned(site, book, answers={"sheet:2023 bis": "yes"}), DELAY) == full(DAYS)


def test_hidden_rows_are_asked_about(site):
    rows = simple([CALLS, *LAST_RATES], [CALLS, *RATES])
    plan = planned(site, rows, hidden_rows=[2])
    assert (asked(plan), months(plan, CALLS)) == (["file:hidden"], full(RATES))


def test_an_orientation_can_be_imposed(site):
    plan = planned(site, [TITLE, *UP], answers={"axis:2023": "columns"})
    assert [problem.message.startswith("Aucun tableau") for problem in plan.errors] == [True]


def test_the_services_of_different_rows_are_no_sites(site):
    rows = [TITLE, ["Service", "Indicateur", *MONTHS], ["Standard", CALLS, *RATES], ["Courrier", DELAY, *DAYS]]
    plan = planned(site, rows)
    assert (asked(plan), months(plan, CALLS), Assignment.objects.count()) == ([], full(RATES), 0)
