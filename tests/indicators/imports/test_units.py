"""The unit and the writing of numbers are settled for the row, the column or the file, from all their evidence."""

import pytest
import time_machine

from core.sheets.reading.model import Marks, Sheet
from tests.indicators.imports.grids import (
    CALLS,
    DELAY,
    MONTHS,
    VISITS,
    asked,
    full,
    is_accounted,
    months,
    planned,
    sheet,
    simple,
    workbook,
)

pytestmark = pytest.mark.django_db


def literal(rows, shown):
    """A sheet whose number formats write a per cent that does not multiply."""
    return workbook(Sheet("2023", rows, texts=shown))


def test_a_literal_per_cent_does_not_multiply(site):
    rows = [["Indicateur", "Objectif", *MONTHS[:3]], [CALLS, 95, 0.9, 95.2, 96.1]]
    shown = {(2, 2): "95 %", (2, 3): "0,9 %", (2, 4): "95,2 %", (2, 5): "96,1%"}
    plan = planned(site, literal(rows, shown))
    assert months(plan, CALLS) == {1: 0.009, 2: 0.952, 3: 0.961}
    assert plan.lines[0].content.target_text == "≥\u202f95\u202f%"


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        (["Unité"], ["%"], 0.008),
        (["Unité", "Objectif"], ["%", "> 0,5 %"], 0.008),
        (["Unité"], ["ratio"], 0.8),
        (["Objectif"], ["> 75 %"], 0.8),
        (["Objectif"], ["> 0,5 %"], None),
    ],
)
def test_the_unit_and_the_target_say_how_bare_rates_are_written(site, heads, cells, expected):
    label = "Taux de connexions au site internet"
    plan = planned(site, [["Indicateur", *heads, *MONTHS], [label, *cells, *["0,8"] * 12]])
    assert months(plan, label).get(1) == expected
    assert asked(plan) == ([] if expected else [f"scale:|{label.lower()}|".replace("à", "a")])


def test_bare_rates_unlike_the_others_of_the_file_are_asked_about(site):
    rows = simple([CALLS, *[95.2] * 12], ["Taux d’appels aboutis SVI", *["0,8"] * 12])
    plan = planned(site, rows)
    assert (asked(plan), months(plan, CALLS)) == (["scale:|taux d appels aboutis svi|"], full([0.952] * 12))


def test_a_small_number_among_per_cents_is_asked_about(site):
    plan = planned(site, simple([CALLS, 98.7, 97, "0,9", *[96] * 9]))
    assert asked(plan) == ["scale:|taux d appels aboutis|:small"]
    assert (months(plan, CALLS)[1], 3 in months(plan, CALLS)) == (0.987, False)


@pytest.mark.parametrize(
    ("label", "unit", "value", "expected"),
    [
        ("Taux d’appels perdus (%)", None, "0,8", 0.008),
        ("Taux d’appels perdus", "‰", "8", 0.008),
        ("Nombre de visites du hall", "en milliers", "13,4", 13400),
        ("Délai d’instruction (semaines)", None, "2", 14),
    ],
)
def test_the_unit_stands_beside_or_in_brackets_after_the_label(site, label, unit, value, expected):
    plan = planned(site, [["Indicateur", "Unité", *MONTHS], [label, unit, *[value] * 12]])
    assert (asked(plan), months(plan, label)) == ([], full([expected] * 12))


@pytest.mark.parametrize(
    ("label", "value"),
    [("Temps d’attente moyen (min)", "12"), ("Satisfaction du guichet", "15/20"), ("Durée des appels", "3 min")],
)
def test_minutes_and_marks_that_no_unit_measures_are_asked_about(site, label, value):
    assert [code[:4] for code in asked(planned(site, simple([label, *[value] * 12])))] == ["row:"]


@pytest.mark.parametrize(("value", "codes"), [(12000, []), (12, ["word:number:12k"])])
def test_thousands_that_a_format_writes_multiply_nothing(site, value, codes):
    plan = planned(site, literal([["Indicateur", *MONTHS[:3]], [VISITS, value]], {(2, 2): f"{value}k"}))
    assert (asked(plan), months(plan, VISITS)) == (codes, {} if codes else {1: 12000})


@pytest.mark.parametrize(
    ("label", "text", "code"),
    [
        (CALLS, "92 puis 95 %", "word:number:92 puis 95 %"),
        (CALLS, "96,l %", "word:number:96 l %"),
        (CALLS, "45\\50", "word:number:45 50"),
        (DELAY, "7 (8 en SP)", "word:number:7 8 en sp"),
        (DELAY, "95,2 %", "word:state:95 2 %"),
        (VISITS, "120,5", "decimals:|nombre d usagers recus au pn|"),
    ],
)
def test_two_numbers_or_another_unit_or_half_a_visitor_are_asked_about(site, label, text, code):
    plan = planned(site, simple([label, text, *[5] * 11]))
    assert (asked(plan), 1 in months(plan, label)) == ([code], False)


def test_ratios_among_per_cents_and_small_per_cents_are_asked_about_once(site):
    mixed = planned(site, simple([CALLS, "0,952", "0,961", "94,3", *["0,9"] * 9]))
    low = simple(["Taux d’appels perdus", 2, 1, "1,5", 1, 1, 1])
    code = "scale:|taux d appels perdus|"
    assert (asked(mixed), asked(planned(site, low))) == (["scale:|taux d appels aboutis|:small"], [code])
    plan = planned(site, low, answers={code: "points"})
    assert (asked(plan), plan.errors, months(plan, low[1][0])[3]) == ([], [], 0.015)


def test_a_bare_rate_above_one_among_ratios_is_an_error(site):
    plan = planned(site, simple([CALLS, "0,98", "0,97", "1,2", *["0,9"] * 9]))
    assert [(problem.place.cell, "120" in problem.message) for problem in plan.errors] == [("D2", True)]


@pytest.mark.parametrize(
    ("rows", "codes", "values"),
    [
        (["1,200", "1,340", "980"], ["file:numbers"], {3: 980}),
        (["1.200", "1.340", "980"], ["file:numbers"], {3: 980}),
        (["1,200.50", "1,340", "980"], [], {1: 1200.5, 2: 1340, 3: 980}),
        (["1 200", "1 340,5", "980"], [], {1: 1200, 2: 1340.5, 3: 980}),
    ],
)
def test_the_writing_of_numbers_is_settled_once_for_the_file(site, rows, codes, values):
    given = {"decimals:|nombre d usagers recus au pn|": "yes"}
    plan = planned(site, [["Indicateur", *MONTHS[:3]], [VISITS, *rows]], answers=given)
    assert (asked(plan), months(plan, VISITS)) == (codes, values)
    english = planned(
        site, [["Indicateur", *MONTHS[:3]], [VISITS, "1,200", "1,340", "980"]], answers={"file:numbers": "en"}
    )
    assert months(english, VISITS) == {1: 1200, 2: 1340, 3: 980}


def test_cumulated_figures_are_asked_about_then_parted(site):
    label = f"{VISITS} (cumul)"
    rows = simple([label, *range(100, 1300, 100)])
    plan = planned(site, rows)
    assert [ask.partition(":")[0] for ask in asked(plan)] == ["cumul"]
    assert months(planned(site, rows, answers={asked(plan)[0]: "parts"}), label) == full([100] * 12)


@pytest.mark.parametrize("label", ["Satisfaction des usagers (note sur 5)", "Score d’effort", "Taux de satisfaction"])
def test_marks_are_no_rates(site, label):
    values = ["4,2/5"] * 12 if label.startswith("Taux") else [4.2] * 12
    plan = planned(site, simple([label, *values]))
    assert [(ask.partition(":")[0], months(plan, label)) for ask in asked(plan)] == [("row", {})]


@time_machine.travel("2026-03-10T12:00", tick=False)
def test_months_to_come_are_asked_about_and_a_year_to_come_is_an_error(site):
    plan = planned(site, simple([CALLS, *[0.9] * 12]), year=2026, name="2026")
    assert (asked(plan), months(plan, CALLS)) == (["file:future"], full([0.9] * 3))
    assert is_accounted(plan)
    later = planned(site, simple([CALLS, *[0.9] * 12]), year=2027, name="2027")
    assert ["L’année 2027 n’a pas commencé" in problem.message for problem in later.errors] == [True]


def test_a_note_is_kept_as_a_comment_and_said_on_an_empty_cell(site):
    notes = {(2, 2): Marks(is_percent=True, note="panne le 3"), (2, 3): Marks(note="pas de relevé")}
    plan = planned(site, workbook(sheet(simple([CALLS, 0.9, None]), marks=notes)))
    assert plan.lines[0].content.figures[1].comment == "panne le 3"
    assert ["« pas de relevé » sur une case vide" in problem.message for problem in plan.warnings] == [True]


def test_struck_values_are_asked_about(site):
    plan = planned(site, workbook(sheet(simple([CALLS, 0.9]), marks={(2, 2): Marks(is_percent=True, is_struck=True)})))
    assert (asked(plan), months(plan, CALLS)) == (["file:struck"], {})


@pytest.mark.parametrize("written", ["150 %", "-5 %"])
def test_targets_and_past_results_out_of_bounds_are_errors_at_their_cells(site, written):
    plan = planned(site, [["Indicateur", "Objectif", "N-1", *MONTHS], [CALLS, written, written, *[0.9] * 12]])
    assert [problem.place.cell for problem in plan.errors] == ["B2", "C2"]


def test_a_target_or_a_past_result_that_says_nothing_known_is_said(site):
    plan = planned(site, [["Indicateur", "Objectif", "N-1", *MONTHS], [CALLS, "à définir", "cf. bilan", *[0.9] * 12]])
    assert [problem.place.cell for problem in plan.warnings] == ["B2", "C2"]


def test_counts_that_contradict_the_rate_are_an_error(site):
    rows = [
        ["Indicateur", "Mesure", *MONTHS[:3]],
        [CALLS, "Reçus", 100, 100, 100],
        [None, "Décrochés", 90, 80, 70],
        [None, "Taux", 0.9, 0.8, 0.9],
    ]
    plan = planned(site, rows)
    assert ["70 sur 100 ne fait pas le taux écrit" in problem.message for problem in plan.errors] == [True]
