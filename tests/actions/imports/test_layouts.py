"""The same plan in the layouts of other services, and in other kinds of files."""

from datetime import date

import openpyxl
import pytest

from actions.enums import Status
from actions.imports.document import ACTION, COMMENT, DEADLINE, ENGAGEMENT, FINDING, RESPONSIBLE, STATUS
from actions.imports.recognition import recognise
from actions.models import Action, Finding
from core.spreadsheets.model import MergedRange, Sheet, Workbook
from tests.actions.imports.conftest import TITLE

HEADINGS = ["Engagement", "Point relevé", "Action corrective", "Pilote", "Délai", "État d’avancement", "Observations"]


def sheet(*rows, merged=(), name="Plan") -> Sheet:
    return Sheet(name, [list(row) for row in rows], [MergedRange(*block) for block in merged])


def rows_of(*rows, merged=()):
    document = recognise(Workbook("plan.xlsx", [sheet(*rows, merged=merged)]))
    assert document.problems == ()
    return document.plans[0].rows


def test_several_actions_stand_under_one_finding():
    rows = rows_of(
        [TITLE],
        HEADINGS,
        ["14", "Réponses tardives", "Former les agents", "BRH", "fin 2016", "fait", ""],
        ["", "", "Suivre les délais", "RQ", "T1 2017", "", ""],
        ["", "Affichage absent", "Afficher", "", "", "", ""],
    )
    assert [(row.finding, row.text(FINDING), row.text(ACTION)) for row in rows] == [
        (1, "Réponses tardives", "Former les agents"),
        (1, "", "Suivre les délais"),
        (2, "Affichage absent", "Afficher"),
    ]
    assert [row.text(ENGAGEMENT) for row in rows] == ["14", "14", "14"]
    names = (ENGAGEMENT, FINDING, ACTION, RESPONSIBLE, DEADLINE, STATUS, COMMENT)
    assert rows[1].cells == dict(zip(names, ("A3", "B4", "C4", "D4", "E4", "F4", "G4"), strict=True))


def test_a_merged_finding_covers_the_actions_beside_it():
    rows = rows_of(
        [TITLE],
        ["Constat", "Responsable", "Échéance"],
        ["Réponses tardives", "BRH", "fin 2016"],
        [None, "RQ", "2017"],
        merged=[(3, 1, 4, 1)],
    )
    assert [(row.finding, row.text(RESPONSIBLE)) for row in rows] == [(1, "BRH"), (1, "RQ")]


def test_actions_alone_say_it_all():
    rows = rows_of([TITLE], ["Action", "Pilote", "Échéance"], ["Former les agents", "BRH", "fin 2016"])
    assert [(row.text(FINDING), row.text(ACTION)) for row in rows] == [("Former les agents", "")]


def test_an_engagement_alone_on_its_row_carries_down_and_a_section_ends_it():
    rows = rows_of(
        [TITLE],
        ["Engagements", "Constat", "Responsable"],
        ["14 – Nous vous répondons"],
        ["", "Réponses tardives", "RQ"],
        ["Pilotage de la politique qualité"],
        ["", "Bilan à présenter", "RQ"],
    )
    assert [(row.section, row.text(ENGAGEMENT)) for row in rows] == [
        ("", "14 – Nous vous répondons"),
        ("Pilotage de la politique qualité", ""),
    ]


def test_a_finding_without_action_stands_alone():
    rows = rows_of([TITLE], ["Engagements", "Constat", "Responsable"], ["14", "Réponses tardives", ""])
    assert [row.has_action for row in rows] == [False]


def test_the_heading_may_stand_lower_and_the_title_be_that_of_the_sheet():
    document = recognise(
        Workbook("plan.xlsx", [sheet([], ["màj 07/10/16"], [], ["Constat", "Qui", "Quand"], ["Affichage", "RQ", ""])])
    )
    plan = document.plans[0]
    assert (plan.title, plan.title_cell, plan.origin, str(plan.updated_on)) == ("Plan", "", "other", "2016-10-07")


def test_hidden_sheets_are_left_alone():
    hidden = Sheet("Archive", [["Constat", "Qui", "Quand"], ["Ancien", "RQ", "2010"]], is_hidden=True)
    document = recognise(
        Workbook("plan.xlsx", [sheet([TITLE], ["Constat", "Qui", "Quand"], ["Affichage", "RQ", ""]), hidden])
    )
    assert [plan.sheet for plan in document.plans] == ["Plan"]


@pytest.mark.django_db
def test_true_dates_and_years_are_read_as_shown(site, tmp_path, run):
    book = openpyxl.Workbook()
    for row in ((TITLE,), ("Constat", "Responsable", "Échéance"), ("Affichage", "RQ", None), ("Bilan", "RQ", 2017)):
        book.active.append(row)
    book.active["C3"] = date(2015, 11, 15)
    book.active["C3"].number_format = "dd/mm/yy"
    book.save(tmp_path / "plan.xlsx")
    run(tmp_path / "plan.xlsx")
    found = Action.objects.order_by("pk").values_list("deadline_text", "deadline_earliest", "deadline_latest")
    assert [(text, str(first), str(last)) for text, first, last in found] == [
        ("15/11/15", "2015-11-15", "2015-11-15"),
        ("2017", "2017-01-01", "2017-12-31"),
    ]


@pytest.mark.django_db
def test_a_delimited_text_is_read_as_a_sheet(site, tmp_path, run):
    file = tmp_path / "plan.csv"
    lines = [f"{TITLE};;;;;", "Engagements;Constat;Responsable;Échéance;Réalisation;Commentaire"]
    file.write_text(
        "\n".join([*lines, "1;Affichage;SIDSIC;fin 2015;FAIT;Vu", "2;Bilan;RQ;2016;;"]), encoding="utf-8-sig"
    )
    assert run(file)["created"] == 2
    assert list(Action.objects.order_by("pk").values_list("status", flat=True)) == [Status.DONE, Status.TODO]
    assert list(Finding.objects.order_by("pk").values_list("engagement_words", flat=True)) == ["1", "2"]


def test_plans_stand_one_below_the_other_in_one_sheet():
    first = ["14", "Réponses tardives", "Former", "BRH", "fin 2016", "fait", ""]
    second = ["", "Affichage absent", "Afficher", "RQ", "2017", "", ""]
    rows = [
        [TITLE], ["màj 07/10/16"], HEADINGS, ["Pilotage"], first, [],
        ["Plan d’actions suite à l’audit externe du 27/11/2015"], ["màj 08/10/16"], [], HEADINGS, second,
    ]  # fmt: skip
    document = recognise(Workbook("plan.xlsx", [sheet(*rows)]))
    assert document.problems == ()
    assert [(plan.title, plan.updated_on, plan.title_cell) for plan in document.plans] == [
        (TITLE, date(2016, 10, 7), "A1"),
        ("Plan d’actions suite à l’audit externe du 27/11/2015", date(2016, 10, 8), "A7"),
    ]
    told = [[(row.number, row.section, row.text(FINDING)) for row in plan.rows] for plan in document.plans]
    assert told == [[(5, "Pilotage", "Réponses tardives")], [(11, "", "Affichage absent")]]


def test_headings_repeated_on_the_next_page_are_no_other_plan():
    first = ["14", "Réponses tardives", "Former", "BRH", "fin 2016", "fait", ""]
    second = ["", "Affichage absent", "Afficher", "RQ", "2017", "", ""]
    rows = rows_of([TITLE], HEADINGS, first, ["Module 4"], HEADINGS, second)
    assert [(row.number, row.section) for row in rows] == [(3, ""), (6, "Module 4")]


def test_two_plans_of_one_title_in_one_sheet_are_refused():
    row = ["14", "Réponses tardives", "Former", "BRH", "fin 2016", "fait", ""]
    document = recognise(Workbook("plan.xlsx", [sheet([TITLE], HEADINGS, row, [TITLE], HEADINGS, row)]))
    assert [(problem.cell, problem.message) for problem in document.problems] == [
        ("A4", "Deux plans de la feuille « Plan » portent le même titre : changez-en un.")
    ]
