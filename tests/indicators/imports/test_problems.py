"""What is wrong in a grid is said in one sentence with its place, and the rest of the grid is still read."""

from datetime import date

import pytest

from indicators.imports.grid import CatalogueEntry
from tests.indicators.imports.grids import MONTHS, grid_of, months_of, row, simple

CALLS = "Taux d'appels aboutis"


def only_problem(*rows, level="error", **options):
    grid = grid_of(simple(*rows), **options)
    assert [problem.level for problem in grid.problems] == [level]
    return grid, grid.problems[0]


@pytest.mark.parametrize(
    ("label", "written", "sentence"),
    [
        (CALLS, "9870 %", "« 9870\u202f% » : un taux ne dépasse pas 100 %"),
        (CALLS, "101%", "« 101\u202f% » : un taux ne dépasse pas 100 %"),
        (CALLS, "-5 %", "négatif"),
        (CALLS, "2 jours", "« 2 jours » n'est pas un taux"),
        (CALLS, date(2020, 2, 6), "la cellule contient une date (« 06/02/2020 »)"),
        (CALLS, "06/02/2020", "la cellule contient une date"),
        (CALLS, "voir le service", "« voir le service » n'est ni une valeur ni une mention connue"),
        (CALLS, True, "n'est ni une valeur ni une mention connue"),
        ("Délai moyen de réponse aux courriers", date(2020, 4, 2), "la cellule contient une date"),
        ("Nombre d'usagers reçus au PN", "-3", "négatif"),
    ],
)
def test_what_cannot_be_a_value_is_an_error_with_its_cell(label, written, sentence):
    engagement = {"T": "E10", "D": "E18", "N": "E15"}[label[0]]
    grid, problem = only_problem(row(label, engagement, written, "-"))

    assert (problem.sheet, problem.cell) == ("Feuille", "C2")
    assert sentence in problem.message
    assert problem.message.startswith(f"{label}, janvier : ")
    assert months_of(grid.rows[0])[0] == ("missing", None)


def test_a_rate_above_one_among_ratios_is_an_error():
    _grid, problem = only_problem(row(CALLS, "E10", 0.98, 0.97, 1.2))

    assert (problem.cell, "« 120\u202f% »" in problem.message) == ("E2", True)


@pytest.mark.parametrize(
    ("label", "written", "sentence"),
    [
        ("Délai moyen de réponse aux courriers", "600 %", "affichée en pourcentage ; elle est lue 6 jours"),
        ("Délai moyen de réponse aux courriers", 400, "un délai de 400 jours est peu vraisemblable"),
        ("Nombre d'usagers reçus au PN", "3,9 millions", "le nombre 3900000 est peu vraisemblable"),
        ("Nombre d'usagers reçus au PN", "1,234", "un nombre entier était attendu ; la valeur est lue 1,234"),
        (CALLS, "#DIV/0!", "n'est ni une valeur"),
    ],
)
def test_what_is_doubtful_is_read_and_said(label, written, sentence):
    engagement = {"T": "E10", "D": "E18", "N": "E15"}[label[0]]
    level = "error" if written == "#DIV/0!" else "warning"
    _grid, problem = only_problem(row(label, engagement, written, "-"), level=level)

    assert (problem.cell, sentence in problem.message) == ("C2", True)


def test_an_error_of_the_spreadsheet_is_no_value():
    grid, problem = only_problem(row(CALLS, "E10", "\x00e#DIV/0!", 0.9), level="warning")

    assert (problem.cell, "la formule donne « #DIV/0! »" in problem.message) == ("C2", True)
    assert (grid.rows[0].cells[0].state, grid.rows[0].cells[0].reason) == ("missing", "#DIV/0!")


def test_two_januaries_name_both_headings():
    months = ["Janv", "Janvier", *MONTHS[1:]]
    grid = grid_of([["Indicateur", *months], [CALLS, *[0.9] * 13]])

    assert [(problem.level, problem.cell) for problem in grid.problems] == [("error", "C1")]
    assert "Deux colonnes portent le mois de janvier : B1 et C1." in grid.problems[0].message


@pytest.mark.parametrize(("month", "index"), [("avril", 3), ("août", 7), ("octobre", 9)])
def test_a_month_named_twice_is_written_as_in_french(month, index):
    months = [*MONTHS[:index], month, *MONTHS[index:]]
    grid = grid_of([["Indicateur", *months], [CALLS, *[0.9] * 13]])

    assert f"Deux colonnes portent le mois d’{month} :" in grid.problems[0].message


def test_an_indicator_on_two_rows_names_both():
    _grid, problem = only_problem(row(CALLS, "E10", 0.9), row("taux d’appels  ABOUTIS", "E10", 0.8))

    assert (problem.cell, "plusieurs lignes : 2 et 3" in problem.message) == ("A3", True)


def test_a_looser_label_gives_way_to_the_very_words():
    catalogue = [CatalogueEntry("appels", CALLS, "", "E10", "rate", ">=", "weighted")]
    rows = simple(row(f"{CALLS} SVI", "E10", 0.8), row(CALLS, "E10", 0.9))

    grid = grid_of(rows, catalogue=catalogue)

    assert [found.match.kind for found in grid.rows] == ["ambiguous", "matched"]
    assert grid.errors == []


@pytest.mark.parametrize("rows", [[], [["Bonjour"]], [["Mai", "Juin"], ["a", 1]], [["Indicateur", 1, 2], ["a", 3, 4]]])
def test_a_file_without_a_grid_is_one_error(rows):
    grid = grid_of(rows)

    assert [problem.level for problem in grid.problems] == ["error"]
    assert grid.problems[0].message.startswith("Aucune grille d'indicateurs n'a été trouvée")


def test_months_without_labels_are_one_error():
    grid = grid_of([MONTHS, [0.9] * 12])

    assert "n'a pas de colonne avec les libellés" in grid.errors[0].message


def test_values_without_a_label_are_said():
    grid = grid_of(simple(row(CALLS, "E10", 0.9), row(None, None, 0.8)))

    assert [(problem.level, problem.message) for problem in grid.problems] == [
        ("warning", "La ligne 3 a des valeurs mais pas de libellé ; elle n'est pas reprise.")
    ]


def test_a_target_or_a_past_result_that_says_nothing_known_is_said():
    rows = [["Indicateur", "Objectif", "N-1", *MONTHS], [CALLS, "à définir", "cf. bilan", *[0.9] * 12]]

    assert [(problem.level, problem.cell) for problem in grid_of(rows).problems] == [
        ("warning", "B2"),
        ("warning", "C2"),
    ]
