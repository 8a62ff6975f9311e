"""Tables are found wherever they stand; a column is read when its heading says it for sure, asked about otherwise."""

import pytest

from core.importing.tables import filled_cells
from core.sheets.reading.model import Marks, Sheet
from tests.core.importing.tables.plans import BELL, DARK, HEADINGS, read, read_book, turned

PLAIN = [DARK, BELL]
SUB_HEADINGS = [["Constat", "Action", "Suivi", None, None], [None, None, "Pilote", "Échéance", "Statut"], DARK, BELL]


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        ([HEADINGS, DARK, BELL], ()),
        ([["Plan d’actions 2026"], [], ["màj 15/05/2026"], HEADINGS, DARK, BELL], ()),
        ([*[[]] * 80, HEADINGS, DARK, BELL], ()),
        ([HEADINGS, DARK, HEADINGS, BELL], ()),
        ([HEADINGS, DARK, [], HEADINGS, BELL], ()),
        (turned([HEADINGS, DARK, BELL]), ()),
        (SUB_HEADINGS, ()),
        (SUB_HEADINGS, [(1, 1, 2, 1), (1, 2, 2, 2), (1, 3, 1, 5)]),
        ([["Quoi", None, "Suite", None, None], HEADINGS, DARK, BELL], [(1, 1, 1, 2), (1, 3, 1, 5)]),
        ([["Titre long du plan", *[None] * 4], HEADINGS, DARK, BELL], [(1, 1, 1, 5)]),
        ([[*row[:3], None, *row[3:]] for row in (HEADINGS, DARK, BELL)], ()),
        ([[None, None, *row] for row in (HEADINGS, DARK, BELL)], ()),
        ([HEADINGS, [*DARK, None, "Vert : fait"], [*BELL, None, "Rouge : non fait"]], ()),
    ],
)
def test_the_table_is_found_wherever_its_headings_stand(rows, merged):
    reading = read(*rows, merged=merged)

    assert reading.rows == PLAIN
    assert reading.open == {}


@pytest.mark.parametrize(
    "rows",
    [
        [["Plan A"], HEADINGS, DARK, [], ["Plan B"], HEADINGS, BELL],
        [HEADINGS, DARK, HEADINGS[::-1], BELL[::-1]],
        [HEADINGS + HEADINGS, DARK + BELL],
        [[*HEADINGS, None, *HEADINGS], [*DARK, None, *BELL]],
        [HEADINGS, [*DARK, None, *HEADINGS], [*[None] * 6, *BELL]],
    ],
)
def test_several_tables_of_one_sheet_are_read_apart(rows):
    reading = read(*rows)

    assert [table.name for table in reading.layout.tables] == ["Plan", "Plan (2)"]
    assert reading.rows == PLAIN
    assert reading.open == {}


@pytest.mark.parametrize(
    ("headings", "roles"),
    [
        (["Écart(s)", "Mesures", "Pilote de l’action", "Délai", "État d’avancement (%)"], None),
        (["Findings", "Improvement actions", "Owner", "Due date", "Status"], {"Findings": "?"}),
        (["Constatt", "Action", "Pilote", "Echeanse", "Statut"], {"Constatt": "?finding", "Echeanse": "?deadline"}),
        (["Constat", "Objectif de l’action", "Pilote", "Échéance", "Statut"], {"Objectif de l’action": "?action"}),
        (["Constat", "Action", "Pilote", "Échéance initiale", "Statut"], {"Échéance initiale": "?deadline"}),
        (["Constat", "Action", "Pilote", "Échéance", "Sujet"], {"Sujet": "?"}),
    ],
)
def test_a_heading_that_does_not_say_its_role_for_sure_is_asked_about(headings, roles):
    reading = read(headings, DARK, BELL)

    expected = dict(zip(headings, ("finding", "action", "owner", "deadline", "status"), strict=True)) | (roles or {})
    assert reading.roles == expected
    assert len(reading.open) == len(roles or {})


def test_two_columns_for_one_role_are_both_asked_about():
    reading = read([*HEADINGS, "État"], [*DARK, "Clos"], [*BELL, "Annulé"])

    assert reading.roles["Statut"] == reading.roles["État"] == "?status"
    assert reading.accounts.counts == {"filled": 18, "read": 12, "left_out": 0, "asked": 6}


def test_cells_that_contradict_the_heading_make_a_question():
    reading = read(["Constat", "Action", "Statut"], ["Hall", "oui", "30/06/2026"], ["Porte", "non", "31/12/2026"])

    assert reading.roles == {"Constat": "finding", "Action": "action", "Statut": "?status"}
    reading = read(["Constat", "Réalisé le"], ["Hall", "en cours"], ["Porte", "à voir"])
    assert reading.roles == {"Constat": "finding", "Réalisé le": "?done"}


def test_columns_that_need_no_decision_are_left_out_with_their_reason():
    reading = read(
        ["N°", *HEADINGS, "Vide", "Graine", "Téléphone", "Contact"],
        [1.0, *DARK, None, "a1", "06 12 34 56 78", "jean.dupont@exemple.fr"],
        [2.0, *BELL, None, "b2", "01 23 45 67 89", "zoe@exemple.fr"],
        technical="graine",
    )

    assert reading.open == {}
    assert reading.accounts.reasons == {
        "numéros de ligne": 3,
        "colonne vide": 1,
        "colonne technique": 3,
        "donnée personnelle, ni lue ni gardée": 6,
    }


def test_the_answers_come_first():
    rows = [["Sujet", "Quoi", "Qui ça", "Quand ça", "Où"], DARK, BELL]
    assert read(*rows).open == {"heading:Plan": "1"} | {f"role:Plan:{one}": "" for one in "ABC"} | {
        "role:Plan:D": "done",
        "role:Plan:E": "",
    }

    codes = ("finding", "action", "owner", "deadline", "status")
    chosen = {f"role:Plan:{letter}": code for letter, code in zip("ABCDE", codes, strict=True)}
    reading = read(*rows, chosen=chosen | {"heading:Plan": "1"})

    assert reading.rows == PLAIN
    assert reading.open == {}
    assert reading.layout.signature == read(*rows).layout.signature


def test_another_line_of_headings_another_axis_and_an_unread_column_can_be_chosen():
    rows = [HEADINGS, ["Constat", "Action", "Qui", "Quand", "Suite"], DARK]
    reading = read(*rows, chosen={"heading:Plan": "2", "role:Plan:A": "-"})
    assert list(reading.roles) == ["Constat", "Action", "Qui", "Quand", "Suite"]
    assert reading.accounts.reasons["colonne non lue (choisi)"] == 2

    reading = read(HEADINGS, DARK, BELL, chosen={"axis:Plan": "rows"})
    assert [table.axis for table in reading.layout.tables] == ["rows"]
    assert read(HEADINGS, DARK, chosen={"heading:Plan": "-"}).accounts.reasons == {"tableau non lu (choisi)": 10}


def test_two_columns_given_one_role_by_the_person_are_refused():
    reading = read(HEADINGS, DARK, chosen={"role:Plan:E": "deadline"})

    assert reading.told == ["Feuille « Plan », cellule E1 : deux colonnes pour « Échéance »"]


def test_hidden_and_unknown_sheets_are_left_out_and_said_unless_chosen():
    plan, old = Sheet("Plan", [HEADINGS, DARK]), Sheet("Ancien", [HEADINGS, BELL], is_hidden=True)
    legend = Sheet("Légende", [["Couleur", "Sens"], ["Vert", "Fait"]])

    reading = read_book(plan, old, legend)
    assert reading.rows == [DARK]
    assert reading.accounts.reasons == {"feuille masquée": 10, "aucun tableau reconnu dans cette feuille": 4}

    assert read_book(plan, old, chosen={"sheet:Ancien": "yes"}).rows == PLAIN
    assert read_book(plan, old, chosen={"sheet:Plan": "no"}).accounts.reasons["feuille non lue (choisi)"] == 10


def test_the_signature_is_that_of_the_headings():
    signatures = {read(HEADINGS, DARK).layout.signature, read(["Titre"], [], HEADINGS, BELL).layout.signature}
    assert len(signatures) == 1
    assert read(HEADINGS[::-1], DARK[::-1]).layout.signature not in signatures


def test_filled_cells_are_all_that_holds_something():
    marks = {(2, 1): Marks(lacks_value=True), (2, 2): Marks(covered_text="caché")}
    reading = read([0.0, " ", "", False], [None, None, None, None], marks=marks)

    assert filled_cells(reading.book) == {("Plan", 1, 1), ("Plan", 1, 4), ("Plan", 2, 1), ("Plan", 2, 2)}
