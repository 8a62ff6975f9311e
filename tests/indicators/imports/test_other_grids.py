"""Grids as other préfectures lay them out: months, states, titles, orders and sheets of every kind."""

from datetime import date
from decimal import Decimal

import pytest

from core.spreadsheets.model import Workbook
from indicators.imports.grid import CatalogueEntry
from indicators.imports.recognition import recognise
from tests.indicators.imports.catalogue import CATALOGUE
from tests.indicators.imports.grids import MONTHS, grid_of, months_of, row, sheet, simple, values_of

CALLS = "Taux d'appels aboutis"


def first_of(*rows, **options):
    grid = grid_of(simple(*rows), **options)
    assert grid.errors == []
    return grid.rows[0]


@pytest.mark.parametrize(
    "months",
    [
        ["Janvier", "Février", "Mars", "Avril", "Mai", "Juin", "Juillet", "Août", "Septembre", "Octobre", "Novembre",
         "Décembre"],
        ["JANV.", "FEVR.", "MARS", "AVR.", "MAI", "JUIN", "JUIL.", "AOUT", "SEPT.", "OCT.", "NOV.", "DEC."],
        [f"{month:02d}/2020" for month in range(1, 13)],
        [f"2020-{month:02d}" for month in range(1, 13)],
        [date(2020, month, 1) for month in range(1, 13)],
        [f"{month:02d}/01/2020".replace("/01/", "/") for month in range(1, 13)],
        [f"01/{month:02d}/2020" for month in range(1, 13)],
        list(range(1, 13)),
        [str(month) for month in range(1, 13)],
        [f"M{month}" for month in range(1, 13)],
        [f"{name} 2020" for name in MONTHS],
        [f"{name}-20" for name in MONTHS],
    ],
)  # fmt: skip
def test_months_are_read_in_every_spelling(months):
    values = [Decimal(number) / 100 for number in range(80, 92)]
    grid = grid_of(simple([CALLS, "E10", *map(float, values)], months=months))

    assert grid.errors == []
    assert values_of(grid.rows[0]) == values


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("98,7 %", "0.987"), ("98.7%", "0.987"), ("98,7\u202f%", "0.987"), ("0,987", "0.987"), (0.987, "0.987"),
        (98.7, "0.987"), ("98,7", "0.987"), ("100 %", "1"), ("0,0%", "0"), (1, "1"), (0, "0"),
        ("98,7 pour cent", "0.987"),
    ],
)  # fmt: skip
def test_a_rate_is_read_in_every_writing(written, value):
    assert first_of(row(CALLS, "E10", written)).cells[0].value == Decimal(value)


@pytest.mark.parametrize(
    ("written", "value"), [("2,4", "2.4"), ("2 j", "2"), ("1,3 jours", "1.3"), ("6 jours ouvrés", "6"), (2.36, "2.36")]
)
def test_a_delay_is_read_in_every_writing(written, value):
    assert first_of(row("Délai moyen de réponse aux courriers", "E18", written)).cells[0].value == Decimal(value)


@pytest.mark.parametrize(
    ("written", "value"),
    [("79/mois", 79), ("1 234", 1234), ("1\u202f234", 1234), ("1\u00a0234\u00a0567", 1_234_567), ("79 usagers", 79)],
)
def test_a_count_is_read_in_every_writing(written, value):
    assert first_of(row("Nombre d'usagers reçus au PN", "E15", written)).cells[0].value == Decimal(value)


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("-", "no_case"), ("–", "no_case"), ("néant", "no_case"), ("Aucun", "no_case"),
        ("aucune réclamation", "no_case"), ("Sans objet", "not_applicable"),
        ("s.o.", "not_applicable"), ("SO", "not_applicable"), ("N/A", "not_applicable"),
        ("COVID", "suspended"), ("Suspendu", "suspended"), ("confinement", "suspended"),
        ("Fermés", "closed"), ("Fermé (travaux)", "closed"), ("fermeture estivale", "closed"),
        ("nd", "unavailable"), ("N.D.", "unavailable"), ("Indisponible", "unavailable"), ("panne SVI", "unavailable"),
        ("?", "unavailable"), ("", "missing"), (None, "missing"), ("  ", "missing"),
    ],
)  # fmt: skip
def test_words_in_place_of_a_value_are_states(written, state):
    assert months_of(first_of(row(CALLS, "E10", written, 0.98)))[0] == (state, None)


def test_the_whole_row_tells_ratios_from_percents():
    grid = grid_of(
        simple(
            row(CALLS, "E10", 1, 0.98, 0.97),
            row("Taux d'appels aboutis SVI", "E10", 100, 98, 0),
            row("Téléprocédures abouties", "E15", "98,7 %", 1, 0.5),
        )
    )

    assert [values_of(found)[:3] for found in grid.rows] == [
        [Decimal(1), Decimal("0.98"), Decimal("0.97")],
        [Decimal(1), Decimal("0.98"), Decimal(0)],
        [Decimal("0.987"), Decimal(1), Decimal("0.5")],
    ]


def test_a_small_number_among_percents_is_said():
    grid = grid_of(simple(row(CALLS, "E10", 98.7, 97, 0.9)))

    assert grid.rows[0].cells[2].value == Decimal("0.009")
    assert [(problem.level, problem.cell) for problem in grid.problems] == [("warning", "E2")]
    assert "« 0,9 » est lu 0,9\u202f%" in grid.problems[0].message


def test_columns_in_another_order_with_a_title_and_families():
    rows = [
        ["Préfecture de l'Exemple"],
        [None, "Suivi des indicateurs qualité, année 2020"],
        [],
        ["Commentaires", "Cible", *MONTHS, "Moyenne annuelle", "Libellé", "Eng.", "Thème", "Résultat 2019"],
        ["Bien", "≥ 90 %", *[0.9] * 12, 0.9, CALLS, 10, "Accueil téléphonique", "88 %"],
    ]

    found = grid_of(rows).rows[0]

    assert (found.match.code, found.comment, found.family, found.engagement) == (
        "appels", "Bien", "Accueil téléphonique", "E10",
    )  # fmt: skip
    assert (found.target.direction, found.target.value) == (">=", Decimal("0.9"))
    assert (found.previous.value, found.printed_mean.value) == (Decimal("0.88"), Decimal("0.9"))


def test_rows_of_bare_words_name_the_families_when_no_column_does():
    rows = simple(["Accueil téléphonique"], row(CALLS, "E10", 1), [], ["Réclamations"], row("Nouveau taux", "E3", 1))

    assert [(found.label, found.family) for found in grid_of(rows).rows] == [
        (CALLS, "Accueil téléphonique"),
        ("Nouveau taux", "Réclamations"),
    ]


def test_totals_and_notes_are_shown_as_ignored():
    rows = simple(row(CALLS, "E10", 0.9), row("Total", "", 12), row("Moyenne générale", "", "abc"), ["* hors Covid"])

    grid = grid_of(rows)

    assert [found.match.kind for found in grid.rows] == ["matched", "ignored", "ignored", "ignored"]
    assert [problem.level for problem in grid.problems] == ["warning"]


def test_every_sheet_with_a_grid_is_read_and_the_others_are_named():
    book = Workbook(
        "f",
        [
            sheet([["Lisez-moi"]], name="Notice"),
            sheet(simple(row(CALLS, "E10", 0.9)), name="Téléphone"),
            sheet(simple(row("Téléprocédures abouties", "E15", 0.9)), name="PN"),
            sheet(simple(row(CALLS, "E10", 0.1)), name="Brouillon", is_hidden=True),
        ],
    )

    grid = recognise(book, year=2020, catalogue=CATALOGUE)

    assert grid.sheets_read == ("Téléphone", "PN")
    assert [(problem.level, problem.sheet) for problem in grid.problems] == [
        ("warning", "Notice"),
        ("warning", "Brouillon"),
    ]


def test_a_sheet_per_year_gives_the_sheet_of_the_year():
    book = Workbook(
        "f", [sheet(simple(row(CALLS, "E10", year / 10_000)), name=str(year)) for year in (2019, 2020, 2021)]
    )

    grid = recognise(book, year=2020, catalogue=CATALOGUE)

    assert (grid.sheets_read, grid.errors, grid.rows[0].cells[0].value) == (("2020",), [], Decimal("0.202"))


def test_two_years_side_by_side_give_the_columns_of_the_year():
    months = [f"{month:02d}/{year}" for year in (2019, 2020) for month in range(1, 13)]
    grid = grid_of([["Indicateur", *months], [CALLS, *[0.5] * 12, *[0.9] * 12]])

    assert values_of(grid.rows[0]) == [Decimal("0.9")] * 12
    assert [(problem.level, problem.cell) for problem in grid.problems] == [("warning", "B1")]


def test_a_year_over_merged_months():
    rows = [["Indicateur", "2020", *[None] * 11], [None, *MONTHS], [CALLS, *[0.9] * 12]]
    merged = [(1, 2, 1, 13), (1, 1, 2, 1)]

    assert grid_of(rows, merged=merged).year_found == 2020
    assert grid_of(rows, merged=merged, year=2021).errors[0].cell == "B1"


def test_a_year_in_the_title_alone():
    rows = [["Tableau de bord 2019"], *simple(row(CALLS, "E10", 0.9))]

    assert [(problem.level, problem.cell) for problem in grid_of(rows).problems] == [("error", "A1")]
    assert grid_of(rows, year=2019).errors == []


@pytest.mark.parametrize(
    "title", ["Qual-e-Pref 2018", "Référentiel version 2019", "Édité le 3 janvier 2021", "Mis à jour le 12/01/2021"]
)
def test_other_dates_of_a_title_are_not_the_year_of_the_grid(title):
    assert grid_of([[title], *simple(row(CALLS, "E10", 0.9))]).errors == []


def test_a_heading_repeated_lower_down_is_not_a_row():
    rows = [*simple(row(CALLS, "E10", 0.9)), [], *simple(row("Téléprocédures abouties", "E15", 0.8))]

    assert [(found.row_number, found.match.code) for found in grid_of(rows).rows] == [
        (2, "appels"),
        (5, "pn-teleprocedures"),
    ]


def test_a_part_of_the_year_leaves_the_other_months_missing():
    found = grid_of([["Indicateur", *MONTHS[:3]], [CALLS, 0.9, 0.8, "-"]]).rows[0]

    assert [cell.state for cell in found.cells] == ["measured", "measured", "no_case", *["missing"] * 9]


def test_an_unknown_column_is_named():
    grid = grid_of([["Indicateur", *MONTHS, "Pilote"], [CALLS, *[0.9] * 12, "Bureau de l'accueil"]])

    assert [(problem.level, problem.cell, problem.message) for problem in grid.problems] == [
        ("warning", "N1", "La colonne « Pilote » n'est pas lue.")
    ]


def test_an_unknown_indicator_is_proposed_with_its_unit():
    rows = simple(
        row("Taux de satisfaction du guichet étrangers", "E99", "80 %"),
        row("Délai d'instruction", "E99", 3),
        row("Visites du hall", "E99", 250),
        row("Dossiers complets", "E99", 0.4),
    )

    assert [(found.match.kind, found.unit) for found in grid_of(rows).rows] == [
        ("proposed_new", "rate"),
        ("proposed_new", "days"),
        ("proposed_new", "count"),
        ("proposed_new", "rate"),
    ]


def test_a_choice_made_earlier_is_remembered():
    rows = simple(row("Appels pris", "E10", 0.9), row("Divers", "", 3))
    grid = recognise(
        Workbook("f", [sheet(rows)]), year=2020, catalogue=CATALOGUE,
        remembered={"|appels pris|e10": "appels", "|divers|": ""},
    )  # fmt: skip

    assert [(found.match.kind, found.match.code) for found in grid.rows] == [("matched", "appels"), ("ignored", None)]


def test_rows_of_the_same_words_are_told_apart_by_the_row_above_even_in_another_order():
    rows = simple(
        row("Taux de rendez-vous fixés dans le délai de 10 jours ouvrés", "E37", 1),
        row("Délai moyen de réponse", "E37", 8),
        row("Taux de fixation de rendez-vous dans le délai de 4 jours ouvrés", "E37", 1),
        row("Délai moyen de réponse", "E37", 2),
    )

    grid = grid_of(rows)

    assert [found.match.code for found in grid.rows] == [
        "rdv-10-jours", "delai-rdv-10-jours", "rdv-4-jours", "delai-rdv-4-jours",
    ]  # fmt: skip
    assert grid.rows[3].key == "|delai moyen de reponse|e37|2"


def test_a_label_that_fits_two_indicators_is_left_to_the_person():
    grid = grid_of(simple(row("Délai moyen de réponse", "E37", 8)))

    assert (grid.rows[0].match.kind, grid.rows[0].match.code) == ("ambiguous", None)
    assert {code for code, _score in grid.rows[0].match.candidates} >= {"delai-rdv-4-jours", "delai-rdv-10-jours"}


def test_a_delay_is_never_taken_for_a_rate():
    catalogue = [CatalogueEntry("taux", "Taux de réponse aux courriers", "", "E1", "rate", ">=", "weighted")]
    grid = grid_of(simple(row("Délai de réponse aux courriers", "E1", 3)), catalogue=catalogue)

    assert (grid.rows[0].match.kind, grid.rows[0].unit) == ("proposed_new", "days")


def test_a_month_over_several_columns_is_read_in_the_column_of_the_rate():
    rows = [
        ["Libellé", "Janvier", None, "Février", None, "Mars", None],
        [None, "Nb", "%", "Nb", "%", "Nb", "%"],
        ["Téléprocédures abouties", 10, 0.5, 20, 0.6, 30, 0.7],
    ]
    grid = grid_of(rows, merged=[(1, 2, 1, 3), (1, 4, 1, 5), (1, 6, 1, 7), (1, 1, 2, 1)])

    assert values_of(grid.rows[0])[:3] == [Decimal("0.5"), Decimal("0.6"), Decimal("0.7")]
    assert grid.errors == []


def test_quarters_and_totals_among_the_months_are_not_read():
    months = [*MONTHS[:3], "T1", *MONTHS[3:6], "2e trimestre", *MONTHS[6:], "Total"]
    grid = grid_of([["Indicateur", "Eng", *months], ["% appels aboutis", "E10", *["90 %"] * 15]])

    assert values_of(grid.rows[0]) == [Decimal("0.9")] * 12
    assert (grid.rows[0].match.code, grid.errors) == ("appels", [])
