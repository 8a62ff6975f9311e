"""What a month’s cell says, in every writing; or a question, or an error."""

from datetime import date

import pytest

from core.sheets.reading import tagged
from core.sheets.reading.model import Marks
from tests.indicators.imports.grids import (
    CALLS,
    DELAY,
    VISITS,
    asked,
    is_accounted,
    planned,
    sheet,
    simple,
    workbook,
)
from tests.indicators.imports.rows import first, row

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("98,7 %", 0.987),
        ("98.7%", 0.987),
        ("98,7\u202f%", 0.987),
        ("0,987", 0.987),
        (0.987, 0.987),
        (98.7, 0.987),
        ("98,7", 0.987),
        ("100 %", 1),
        ("0,0%", 0),
        (1, 1),
        (0, 0),
        ("98,7 pour cent", 0.987),
        ("95 % (fermé le 15)", 0.95),
        ("94 % (COVID)", 0.94),
        ("93 % – panne le 3", 0.93),
        ("12/13", 0.923077),
        ("98 % (49/50)", 0.98),
        ("45 sur 50", 0.9),
    ],
)
def test_a_rate_is_read_in_every_writing(site, written, value):
    plan, read = first(site, CALLS, written)
    assert (asked(plan), plan.errors, read) == ([], [], value)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2,4", 2.4),
        ("2 j", 2),
        ("1,3 jours", 1.3),
        ("6 jours ouvrés", 6),
        (2.36, 2.36),
        ("2 semaines", 14),
        ("2 mois et demi", 75),
        ("12 jours (congés)", 12),
    ],
)
def test_a_delay_is_read_in_every_writing(site, written, value):
    plan, read = first(site, DELAY, written)
    assert (asked(plan), plan.errors, read) == ([], [], value)


@pytest.mark.parametrize(
    ("written", "value"),
    [("79/mois", 79), ("1 234", 1234), ("1\u202f234", 1234), ("1\u00a0234\u00a0567", 1_234_567), ("79 usagers", 79)],
)
def test_a_count_is_read_in_every_writing(site, written, value):
    plan, read = first(site, VISITS, written)
    assert (asked(plan), plan.errors, read) == ([], [], value)


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("-", "no_case"),
        ("–", "no_case"),
        ("néant", "no_case"),
        ("Aucun", "no_case"),
        ("aucune réclamation", "no_case"),
        ("Sans objet", "not_applicable"),
        ("s.o.", "not_applicable"),
        ("SO", "not_applicable"),
        ("N/A", "not_applicable"),
        ("COVID", "suspended"),
        ("Suspendu", "suspended"),
        ("confinement", "suspended"),
        ("COVID-19", "suspended"),
        ("Fermés", "closed"),
        ("Fermé (travaux)", "closed"),
        ("fermeture estivale", "closed"),
        ("Fermé : du 3 au 15", "closed"),
        ("nd", "unavailable"),
        ("N.D.", "unavailable"),
        ("Indisponible", "unavailable"),
        ("panne SVI", "unavailable"),
        ("?", "unavailable"),
        ("", None),
        (None, None),
        ("  ", None),
    ],
)
def test_words_alone_in_place_of_a_value_are_states(site, written, state):
    plan, read = first(site, CALLS, written)
    assert (asked(plan), read) == ([], state)


@pytest.mark.parametrize(
    ("label", "written", "code"),
    [
        (CALLS, "voir le service", "word:state:voir le service"),
        (CALLS, "fermé le 15", "word:state:ferme le 15"),
        (CALLS, "1 courrier", "word:state:1 courrier"),
        (CALLS, "2 jours", "word:state:2 jours"),
        (DELAY, "12 jours de fermeture", "word:number:12 jours de fermeture"),
        (VISITS, "1,000", "file:numbers"),
        (DELAY, "48 heures", "file:hours"),
        (DELAY, "12 min", "file:hours"),
        (VISITS, "45 congés", "word:number:45 conges"),
        (CALLS, "90 à 95 %", "word:number:90 a 95 %"),
    ],
)
def test_what_may_be_read_in_two_ways_is_asked_and_not_recorded(site, label, written, code):
    plan, read = first(site, label, written)
    assert (asked(plan), read) == ([code], None)


def test_an_answer_gives_the_value_the_state_or_an_empty_cell(site):
    code = "word:number:12 jours de fermeture"
    reads = [
        first(site, DELAY, "12 jours de fermeture", answers={code: answer})[1] for answer in ("value", "closed", "-")
    ]
    assert reads == [12, "closed", None]
    assert first(site, DELAY, "48 heures", answers={"file:hours": "24"})[1] == 2


@pytest.mark.parametrize(
    ("label", "written", "sentence"),
    [
        (CALLS, "9870 %", "« 9870\u202f% » : un taux ne dépasse pas 100 %"),
        (CALLS, "101%", "« 101\u202f% » : un taux ne dépasse pas 100 %"),
        (CALLS, "-5 %", "négatif"),
        (CALLS, date(2023, 2, 6), "la cellule contient une date (« 06/02/2023 »)"),
        (CALLS, "06/02/2023", "la cellule contient une date"),
        (DELAY, date(2023, 4, 2), "la cellule contient une date"),
        (VISITS, "-3", "négatif"),
        (VISITS, 12_345_678_901, "trop grand"),
    ],
)
def test_what_cannot_be_is_an_error_with_its_cell(site, label, written, sentence):
    plan, read = first(site, label, written)
    assert [(problem.place.sheet, problem.place.cell) for problem in plan.errors] == [("2023", "B2")]
    assert plan.errors[0].message.startswith(f"{label}, janvier : ")
    assert (sentence in plan.errors[0].message, read) == (True, None)


@pytest.mark.parametrize(
    ("label", "written", "sentence"),
    [
        (DELAY, "600 %", "affichée en pourcentage ; elle est lue 6 jours"),
        (DELAY, 400, "un délai de 400 jours est peu vraisemblable"),
        (VISITS, "3,9 millions", "le nombre 3900000 est peu vraisemblable"),
        (DELAY, "2 semaines", "« 2 semaines » est lu 14 jours"),
    ],
)
def test_what_is_odd_is_read_and_said(site, label, written, sentence):
    plan, _read = first(site, label, written)
    assert [(problem.place.cell, sentence in problem.message) for problem in plan.warnings] == [("B2", True)]


def test_a_formula_in_error_is_no_value_and_one_without_value_is_an_error(site):
    plan, read = first(site, CALLS, tagged.error("#DIV/0!"), 0.9)
    assert (read, ["« #DIV/0! » : le mois est laissé sans valeur" in problem.message for problem in plan.warnings]) == (
        None,
        [True],
    )
    made = sheet(simple(row(CALLS, None, 0.9)), marks={(2, 2): Marks(lacks_value=True), (2, 3): Marks(is_percent=True)})
    plan = planned(site, workbook(made))
    assert [(problem.place.cell, "Formule sans valeur" in problem.message) for problem in plan.errors] == [("B2", True)]
    assert is_accounted(plan)
