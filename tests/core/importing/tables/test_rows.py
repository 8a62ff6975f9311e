"""Lines: bands, totals, merged and carried values, continuation lines, hidden and struck ones; nothing lost unsaid."""

import pytest

from core.importing.asks import Given
from core.importing.tables import RowKind, read_lines
from core.importing.tables.personal import without_personal
from core.sheets.reading.model import Marks, Workbook
from core.sheets.reading.tagged import error
from tests.core.importing.tables.plans import BELL, DARK, HEADINGS, WANTED, read, read_book

LONG = ["Attente", "Ouvrir un second guichet le lundi", "Accueil", "30/09/2026", "En cours"]


def test_merged_cells_give_their_value_to_each_line_they_cover():
    rows = [HEADINGS, LONG, [None, "Afficher l’attente", None, "31/12/2026", "Fait"], ["Hall", "Peindre", "SDCI"]]
    reading = read(*rows, merged=[(2, 1, 3, 1), (2, 3, 3, 3), (3, 4, 4, 4)])

    second, third = reading.lines.rows[1:]
    assert reading.rows[1] == ["Attente", "Afficher l’attente", "Accueil", "31/12/2026", "Fait"]
    assert [second.is_carried(code) for code in ("finding", "action", "owner")] == [True, False, True]
    assert third.text("deadline") == "31/12/2026"
    assert (second.place("finding").cell, second.place("action").cell, third.place("status").cell) == ("A2", "B3", "E4")


def test_a_carried_role_holds_until_the_next_one_or_a_band():
    rows = [
        HEADINGS,
        DARK,
        [None, "Nettoyer", "SIDSIC", "2027", "Fait"],
        ["Module 4"],
        [None, "Lire", "RQ", "2027", "Fait"],
    ]
    reading = read(*rows)

    assert [row[0] for row in reading.rows] == ["Hall sombre", "Hall sombre", ""]
    assert [(row.kind, row.band) for row in reading.lines.rows] == [
        (RowKind.LINE, ""),
        (RowKind.LINE, ""),
        (RowKind.BAND, "Module 4"),
        (RowKind.LINE, "Module 4"),
    ]


def test_a_text_over_several_lines_is_joined_when_it_is_sure():
    reading = read(HEADINGS, LONG, [None, "et le vendredi matin"], [None, "(essai de trois mois)"], BELL)

    assert [row[1] for row in reading.rows] == [
        "Ouvrir un second guichet le lundi\net le vendredi matin\n(essai de trois mois)",
        "Poser une sonnette",
    ]
    assert reading.open == {}
    assert reading.accounts.counts["read"] == 17


@pytest.mark.parametrize(("answer", "lines"), [("join", 2), ("line", 3)])
def test_a_doubtful_end_of_line_is_asked_about(answer, lines):
    rows = [HEADINGS, LONG, [None, "Réserver un agent"], BELL]
    assert read(*rows).open == {"join:Plan:3": "join"}

    reading = read(*rows, chosen={"join:Plan:3": answer})
    assert len(reading.rows) == lines
    assert reading.open == {}


@pytest.mark.parametrize(("answer", "kinds"), [("title", ["band", "line"]), ("line", ["line", "line"])])
def test_a_lone_text_over_a_full_line_is_asked_about_and_an_axis_with_its_number_is_not(answer, kinds):
    rows = [HEADINGS, [None, "Propreté"], DARK]
    assert read(*rows).open == {"join:Plan:2": "title"}
    assert [row.kind for row in read(*rows, chosen={"join:Plan:2": answer}).lines.rows] == kinds
    reading = read(HEADINGS, DARK, ["AXE 2 – COURRIER"], DARK)
    assert ([row.band for row in reading.lines.rows], reading.open) == (["", *["AXE 2 – COURRIER"] * 2], {})


def test_a_line_cut_by_a_paragraph_is_put_together_again():
    reading = read(HEADINGS, DARK, BELL[:2], ["à l’entrée", *BELL[2:]], DARK)

    assert reading.rows == [DARK, [BELL[0], "Poser une sonnette\nà l’entrée", *BELL[2:]], DARK]
    assert [ask.code for ask in reading.lines.asks] == ["join:Plan:4"]
    assert reading.open == {}


def test_totals_and_repeated_headings_are_left_out_with_their_reason():
    rows = [[*HEADINGS[:3], "Commentaire"], ["Hall", "Peindre", "RQ", 1.0], ["Total", None, None, 1.0]]
    assert read(*rows).accounts.reasons == {"ligne de total": 2}
    assert read(HEADINGS, DARK, HEADINGS, BELL).accounts.reasons == {"titres répétés": 5}


@pytest.mark.parametrize(
    ("sheet", "code", "why"),
    [
        ({"hidden_rows": frozenset({3})}, "hidden:Plan", "ligne masquée (choisi)"),
        ({"marks": {(3, at): Marks(is_struck=True) for at in range(1, 6)}}, "struck:Plan", "texte barré (choisi)"),
    ],
)
def test_hidden_and_struck_lines_are_asked_about(sheet, code, why):
    rows = [HEADINGS, DARK, BELL]

    reading = read(*rows, **sheet)
    assert reading.open == {code: ""}
    assert reading.rows == [DARK, BELL]
    assert reading.accounts.counts == {"filled": 15, "read": 10, "left_out": 0, "asked": 5}

    assert read(*rows, chosen={code: "yes"}, **sheet).accounts.counts["read"] == 15
    reading = read(*rows, chosen={code: "no"}, **sheet)
    assert reading.rows == [DARK]
    assert reading.accounts.reasons == {why: 5}


def test_only_the_struck_cells_of_a_line_are_left_out():
    reading = read(HEADINGS, DARK, chosen={"struck:Plan": "no"}, marks={(2, 4): Marks(is_struck=True)})

    assert reading.rows == [["Hall sombre", "Changer les ampoules", "SIDSIC", "", "Fait"]]
    assert reading.accounts.reasons == {"texte barré (choisi)": 1}


def test_what_a_cell_has_beyond_its_value_is_told():
    marks = {
        (2, 2): Marks(lacks_value=True),
        (2, 3): Marks(note="voir avec le SIDSIC"),
        (2, 4): Marks(struck_text="30/06"),
        (3, 1): Marks(covered_text="Ancien constat"),
    }
    reading = read(HEADINGS, ["Hall", None, *DARK[2:]], BELL, marks=marks, hidden_columns=frozenset({5}))

    assert reading.told == [
        "Feuille « Plan », cellule E1 : « Statut » est masquée dans le fichier : elle est lue",
        "Feuille « Plan », cellule B2 : Formule sans valeur : ouvrez et enregistrez le fichier dans le tableur.",
        "Feuille « Plan », cellule C2 : note de C2, non reprise : « voir avec le SIDSIC »",
        "Feuille « Plan », cellule D2 : « 30/06 » est barré dans la cellule : lu avec le reste",
        "Feuille « Plan », cellule A3 : « Ancien constat » est caché sous une fusion : non repris",
    ]


def test_a_value_merged_over_several_columns_is_told():
    reading = read(HEADINGS, [*DARK[:3], "Abandonné", None], merged=[(2, 4, 2, 5)])

    assert reading.told == [
        "Feuille « Plan », cellule D2 : cellule fusionnée sur plusieurs colonnes : lue dans la première seulement"
    ]


def test_an_error_of_the_spreadsheet_is_an_error_at_its_cell():
    reading = read(HEADINGS, [*DARK[:3], error("#REF!"), "Fait"])

    assert reading.told == ["Feuille « Plan », cellule D2 : #REF! : la formule est en erreur."]
    assert reading.lines.rows[0].text("deadline") == ""


def test_notes_go_to_the_role_that_takes_them():
    reading = read([*HEADINGS, "Commentaire"], [*DARK, "fait tôt"], marks={(2, 2): Marks(note="vu le 12")})
    lines = read_lines(reading.book, reading.layout, WANTED, given=Given(), notes_to="comment")

    assert lines.rows[0].text("comment") == "fait tôt\nvu le 12"
    assert lines.problems == []


def test_personal_columns_are_masked_in_the_copy_that_is_kept():
    rows = [[*HEADINGS, "Téléphone", "Personne"], [*DARK, "06 12 34 56 78", "Jean DUPONT"], [*BELL, None, "Zoé MARTIN"]]
    reading = read(*rows)
    kept = without_personal(reading.book, reading.layout)

    assert "DUPONT" not in str(kept)
    assert "06 12" not in str(kept)
    again = read_book(*kept.sheets)
    assert again.rows == reading.rows == [DARK, BELL]
    assert again.accounts.counts == reading.accounts.counts == {"filled": 20, "read": 15, "left_out": 5, "asked": 0}
    assert isinstance(kept, Workbook)
