"""The same plan in the layouts of other services, and in other kinds of files."""

from datetime import date

import openpyxl
import pytest

from actions.enums import Status
from actions.imports.roles import ACTION, COMMENT, ENGAGEMENT, FINDING, RESPONSIBLE
from actions.models import Action, Finding
from core.importing.follow_up import DEADLINE, STATUS
from tests.actions.imports.conftest import TITLE, entries_of, read
from tests.actions.imports.layouts import FIRST, HEADINGS, SECOND, rows_of

pytestmark = pytest.mark.django_db


def test_several_actions_stand_under_one_finding(site):
    rows = rows_of(
        site,
        [TITLE],
        HEADINGS,
        ["14", "Réponses tardives", "Former les agents", "BRH", "fin 2016", "fait", ""],
        ["", "", "Suivre les délais", "RQ", "T1 2017", "", ""],
        ["", "Affichage absent", "Afficher", "", "", "", ""],
    )
    assert [(row.finding, row.text(FINDING), row.text(ACTION)) for row in rows] == [
        (1, "Réponses tardives", "Former les agents"),
        (1, "Réponses tardives", "Suivre les délais"),
        (2, "Affichage absent", "Afficher"),
    ]
    assert [row.text(ENGAGEMENT) for row in rows] == ["14", "14", "14"]
    names = (ACTION, RESPONSIBLE, DEADLINE, STATUS, COMMENT)
    assert [rows[1].at(name).cell for name in names] == ["C4", "D4", "E4", "F4", "G4"]


def test_a_merged_finding_covers_the_actions_beside_it(site):
    rows = rows_of(
        site,
        [TITLE],
        ["Constat", "Responsable de l’action", "Échéance"],
        ["Réponses tardives", "BRH", "fin 2016"],
        [None, "RQ", "2017"],
        merged=[(3, 1, 4, 1)],
    )
    assert [(row.finding, row.text(RESPONSIBLE)) for row in rows] == [(1, "BRH"), (1, "RQ")]


@pytest.mark.parametrize(("answer", "second"), [("each", "BRH"), ("first", "")])
def test_a_merged_responsible_is_asked_once_and_a_merged_deadline_is_that_of_each_row(site, answer, second):
    rows = [
        [TITLE],
        ["Constat", "Action", "Responsable", "Échéance"],
        ["Attente", "Ouvrir un guichet", "BRH", "fin 2016"],
        ["Affichage", "Afficher", None, None],
    ]
    merged = [(3, 3, 4, 3), (3, 4, 4, 4)]
    (ask,) = read(rows, site=site, merged=merged).open_asks
    assert (ask.question, ask.proposed, ask.as_json()["cells"]) == (
        "« BRH » est fusionné sur 2 lignes : chacune des actions ?",
        "each",
        ["C3:C4"],
    )
    plan = read(rows, {ask.code: answer}, site=site, merged=merged)
    told = [(row.text(RESPONSIBLE), row.text(DEADLINE)) for row in entries_of(plan)]
    assert (plan.open_asks, told) == ([], [("BRH", "fin 2016"), (second, "fin 2016")])


def test_actions_alone_say_it_all(site):
    rows = rows_of(site, [TITLE], ["Action", "Pilote", "Échéance"], ["Former les agents", "BRH", "fin 2016"])
    assert [(row.text(FINDING), row.text(ACTION)) for row in rows] == [("Former les agents", "")]


def test_sub_actions_stand_under_the_action_that_covers_them(site):
    rows = rows_of(
        site,
        [TITLE],
        ["Action", "Sous-action", "Pilote"],
        ["Refaire le hall", "Choisir les couleurs", "BRH"],
        [None, "Peindre", "RQ"],
        merged=[(3, 1, 4, 1)],
    )
    assert [(row.finding, row.text(FINDING), row.text(ACTION)) for row in rows] == [
        (1, "Refaire le hall", "Choisir les couleurs"),
        (1, "Refaire le hall", "Peindre"),
    ]


def test_an_engagement_alone_on_its_row_carries_down_and_a_section_ends_it(site):
    rows = rows_of(
        site,
        [TITLE],
        ["Engagements", "Constat", "Responsable de l’action"],
        ["14 – Nous vous répondons"],
        ["", "Réponses tardives", "RQ"],
        ["Pilotage de la politique qualité"],
        ["", "Bilan à présenter", "RQ"],
    )
    assert [(row.section, row.text(ENGAGEMENT)) for row in rows] == [
        ("", "14 – Nous vous répondons"),
        ("Pilotage de la politique qualité", ""),
    ]


def test_a_finding_without_action_stands_alone(site):
    rows = rows_of(
        site, [TITLE], ["Engagements", "Constat", "Responsable de l’action"], ["14", "Réponses tardives", ""]
    )
    assert [row.has_action for row in rows] == [False]


def test_the_heading_may_stand_lower_and_the_title_be_that_of_the_sheet(site):
    plan = read([[], ["màj 07/10/16"], [], ["Constat", "Qui", "Quand"], ["Affichage", "RQ", ""]], site=site)
    source = plan.extra["plans"][0].source
    assert (source.title, source.place.cell, str(source.updated_on)) == ("Plan", "", "2016-10-07")


def test_true_dates_and_years_are_read_as_shown(site, tmp_path, run):
    book = openpyxl.Workbook()
    for row in (
        (TITLE,),
        ("Constat", "Responsable de l’action", "Échéance"),
        ("Affichage", "RQ", None),
        ("Bilan", "RQ", 2017),
    ):
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


def test_a_delimited_text_is_read_as_a_sheet(site, tmp_path, run):
    file = tmp_path / "plan.csv"
    lines = [f"{TITLE};;;;;", "Engagements;Constat;Responsable;Échéance;Réalisation de l’action;Commentaire"]
    file.write_text(
        "\n".join([*lines, "1;Affichage;SIDSIC;fin 2015;FAIT;Vu", "2;Bilan;RQ;2016;;"]), encoding="utf-8-sig"
    )
    assert run(file)["created"] == 2
    assert list(Action.objects.order_by("pk").values_list("status", flat=True)) == [Status.DONE, Status.TODO]
    assert list(Finding.objects.order_by("pk").values_list("engagement_words", flat=True)) == ["1", "2"]


def test_plans_stand_one_below_the_other_in_one_sheet(site):
    rows = [
        [TITLE], ["màj 07/10/16"], HEADINGS, ["Pilotage"], FIRST, [],
        ["Plan d’actions suite à l’audit externe du 27/11/2015"], ["màj 08/10/16"], [], HEADINGS, SECOND,
    ]  # fmt: skip
    plan = read(rows, site=site)
    assert plan.errors == []
    sources = [one.source for one in plan.extra["plans"]]
    assert [(one.title, one.updated_on, one.place.cell) for one in sources] == [
        (TITLE, date(2016, 10, 7), "A1"),
        ("Plan d’actions suite à l’audit externe du 27/11/2015", date(2016, 10, 8), "A7"),
    ]
    told = [[(entry.row.number, entry.section, entry.text(FINDING)) for entry in one.entries] for one in sources]
    assert told == [[(5, "Pilotage", "Réponses tardives")], [(11, "", "Affichage absent")]]


def test_a_second_plan_below_with_other_headings_in_another_order_is_read_too(site):
    rows = [
        [TITLE], HEADINGS, FIRST, [],
        ["Plan d’actions suite au CLU du 14/03/2016"], ["Qui", "Quoi", "Quand", "Statut"],
        ["RQ", "Afficher", "2017", "En cours"],
    ]  # fmt: skip
    plan = read(rows, site=site)
    assert [(line.label, line.content.status, line.content.deadline.text) for line in plan.lines] == [
        ("Former", Status.DONE, "fin 2016"),
        ("Afficher", Status.ONGOING, "2017"),
    ]


def test_a_table_without_a_title_goes_on_with_the_plan_above_it(site):
    plan = read([[TITLE], HEADINGS, FIRST, [], ["Action", "Pilote", "Délai"], ["Afficher", "RQ", "2017"]], site=site)
    assert [(one.title, len(one.meanings)) for one in plan.extra["plans"]] == [(TITLE, 2)]


def test_headings_repeated_on_the_next_page_are_no_other_plan(site):
    rows = rows_of(site, [TITLE], HEADINGS, FIRST, ["Module 4"], HEADINGS, SECOND)
    assert [(row.row.number, row.section) for row in rows] == [(3, ""), (6, "Module 4")]


def test_two_tables_of_one_title_in_one_sheet_are_one_plan(site):
    plan = read([[TITLE], HEADINGS, FIRST, [], [TITLE], HEADINGS, SECOND], site=site)
    assert [(one.title, len(one.meanings)) for one in plan.extra["plans"]] == [(TITLE, 2)]
    assert [entry.finding for entry in entries_of(plan)] == [1, 2]


def test_a_column_of_plans_and_sites_tells_them_apart(site):
    headings = ["Plan", "Site", "N°", "Constat", "Action", "Statut"]
    rows = [["Audit 2015", "02", 3, "Attente", "Ouvrir", "Réalisée"],
            ["CLU 2016", "02", 1, "Hall", "Peindre", "À faire"],
            ["Audit 2015", "02", 3, "Attente", "Afficher", "En cours"]]  # fmt: skip
    plan = read([headings, *rows], site=site)
    assert [(one.title, [meaning.entry.finding for meaning in one.meanings]) for one in plan.extra["plans"]] == [
        ("Audit 2015", [1, 1]),
        ("CLU 2016", [2]),
    ]
