"""The real grid of Aix-en-Provence 2020 comes out as `expected.json` says, in every format it may be sent in."""

import csv
import json
from decimal import Decimal

import openpyxl
import pytest
from odfdo import Cell as OdsCell
from odfdo import Document, Row, Table

from core.spreadsheets.model import Workbook
from core.spreadsheets.reading import read
from indicators.imports.grid import Grid
from indicators.imports.recognition import recognise
from tests.indicators.imports.catalogue import CATALOGUE, CODES
from tests.indicators.imports.grids import AIX, DATA, changed, exactly, mean, meaning, measured

EXPECTED = json.loads((DATA / "expected.json").read_text())["aix_2020"]


@pytest.fixture(scope="module")
def aix():
    return read(AIX, name="aix.xlsx")


@pytest.fixture(scope="module")
def grid(aix):
    return recognise(aix, year=2020, catalogue=CATALOGUE)


def as_printed(text):
    return text.replace(" ", "").replace("\u202f", "").replace(".", ",").replace(",0%", "%").replace(",00%", "%")


def test_the_twenty_rows_have_their_family_label_and_engagement(grid):
    assert [(row.family, row.label, row.engagement) for row in grid.rows] == [
        (row["category"], row["label"], row["engagement"]) for row in EXPECTED
    ]


def test_each_row_is_the_indicator_of_the_catalogue(grid):
    assert [row.match.code for row in grid.rows] == CODES
    assert {row.match.kind for row in grid.rows} == {"matched"}


def test_last_year_and_targets_are_read_as_printed(grid):
    assert [as_printed(row.previous.text) for row in grid.rows] == [as_printed(row["previous"]) for row in EXPECTED]
    texts = [as_printed(row.target.text) if row.target else "" for row in grid.rows]
    assert texts == [as_printed(row["target"]) for row in EXPECTED]


def test_last_year_met_its_target_where_the_grid_says_so(grid):
    met = [row.previous.target_met for row in grid.rows]
    assert met == [True, True, None, None, *[True] * 12, None, None, None, True]


def test_targets_have_a_value_and_a_direction(grid):
    targets = [(row.target.direction, row.target.value) if row.target else None for row in grid.rows]
    at_least, below, none = (">=", Decimal("0.95")), lambda number: ("<", Decimal(number)), ("", None)
    assert targets == [
        (">=", Decimal("0.9")), (">=", Decimal("0.9")),
        at_least, below(10), at_least, below(5),
        at_least, below(10), at_least, below(5),
        at_least, at_least, at_least, below(4), at_least, below(10),
        none, None, none, (">=", Decimal("0.75")),
    ]  # fmt: skip


def test_the_means_of_measured_months_are_the_expected_ones(grid):
    assert [len(measured(row)) for row in grid.rows] == [row["measured_months"] for row in EXPECTED]
    for row, expected in zip(grid.rows, EXPECTED, strict=True):
        found = mean(measured(row))
        assert (found and round(found, 6)) == exactly(expected["mean_of_measured_months"])


def test_the_four_kinds_of_no_value_are_told_apart(grid):
    states = [cell.state for cell in grid.rows[17].cells]
    assert states == ["missing", "no_case", *["suspended"] * 4, *["closed"] * 6]
    assert [cell.reason for cell in grid.rows[17].cells][1:8] == ["", *["COVID"] * 4, "Fermés", "Fermés"]


def test_a_delay_is_in_days_even_where_its_mean_is_printed_as_a_percentage(grid):
    row = grid.rows[7]
    assert (row.unit, row.cells[0].value) == ("days", Decimal(6))
    assert (row.printed_mean.address, row.printed_mean.text, row.printed_mean.value) == ("T12", "600,00%", Decimal(6))


def test_a_division_by_zero_is_an_error_and_not_a_value(grid):
    printed = grid.rows[8].printed_mean
    assert (printed.address, printed.value, printed.is_error) == ("T13", None, True)


def test_comments_are_kept_and_dashes_are_none(grid):
    comments = {row.match.code: row.comment for row in grid.rows if row.comment}
    assert list(comments) == ["collectivites-courriels", "pn-infos", "pn-teleprocedures", "pn-satisfaction"]
    assert comments["collectivites-courriels"] == "1 courriel répondu en 6 jour sur 10 en juillet"


def test_a_comment_printed_in_the_column_of_the_mean_changes_places_with_it(aix, grid):
    comment, printed = aix.sheets[0].at("S16").value, aix.sheets[0].at("T16").value
    swapped = recognise(
        Workbook("f", [changed(aix.sheets[0], S16=printed, T16=comment)]), year=2020, catalogue=CATALOGUE
    )
    assert meaning(swapped) == meaning(grid)


def test_the_only_doubt_is_the_row_that_says_courriers_for_courriels(grid):
    assert [(problem.level, problem.cell) for problem in grid.problems] == [("warning", "B16")]
    assert "Taux de réponse aux courriels dans les 5 jours ouvrés" in grid.problems[0].message


def test_the_heading_is_described(grid):
    header = grid.headers[0]
    assert (grid.year_found, grid.sheets_read, header.row_numbers) == (2020, ("Indicateurs 2020",), (4,))
    assert list(header.months.values()) == list("GHIJKLMNOPQR")
    assert header.columns == {
        "engagement": "C", "previous": "D", "previous_met": "E", "target": "F", "comment": "S", "mean": "T",
        "label": "B", "family": "A",
    }  # fmt: skip


def test_a_grid_comes_back_from_its_stored_form(grid):
    assert Grid.from_json(grid.to_json()) == grid


def test_an_empty_catalogue_proposes_every_row_as_new(aix):
    grid = recognise(aix, year=2020, catalogue=[])
    assert [row.match.kind for row in grid.rows] == ["proposed_new"] * 20
    assert [row.unit for row in grid.rows] == [entry.unit for entry in CATALOGUE]
    assert grid.problems == ()


def test_an_ods_of_the_grid_gives_the_same(aix, grid, tmp_path):
    path = tmp_path / "aix.ods"
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Indicateurs 2020")
    for cells in aix.sheets[0].rows:
        line = Row()
        for cell in cells:
            is_percent = isinstance(cell.value, int | float) and "%" in cell.text
            kind = {"cell_type": "percentage"} if is_percent else {}
            line.append_cell(OdsCell(value=cell.value, text=cell.text, **kind))
        table.append_row(line)
    document.body.append(table)
    for block in aix.sheets[0].merged:
        table.set_span((block.first_column - 1, block.first_row - 1, block.last_column - 1, block.last_row - 1))
    document.save(path)

    found = recognise(read(path, name="aix.ods"), year=2020, catalogue=CATALOGUE)

    assert meaning(found) == meaning(grid)


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "cp1252")])
def test_a_csv_of_the_grid_gives_the_same_to_the_printed_digit(aix, grid, tmp_path, delimiter, encoding):
    path = tmp_path / "aix.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([cell.text for cell in cells] for cells in aix.sheets[0].rows)

    found = recognise(read(path, name="aix.csv"), year=2020, catalogue=CATALOGUE)

    without_means = [said[:7] + said[8:] for said in meaning(found)]
    assert without_means == [said[:7] + said[8:] for said in meaning(grid)]
    assert [row.printed_mean.value for row in found.rows][:2] == [Decimal("0.9868"), Decimal("0.8911")]


def test_an_xlsx_saved_anew_gives_the_same(grid, tmp_path):
    book = openpyxl.load_workbook(AIX, data_only=True)
    book.save(tmp_path / "aix.xlsx")

    found = recognise(read(tmp_path / "aix.xlsx", name="aix.xlsx"), year=2020, catalogue=CATALOGUE)

    assert meaning(found) == meaning(grid)


def test_the_grid_of_another_year_is_refused_with_the_cell_that_says_so(aix):
    grid = recognise(aix, year=2021, catalogue=CATALOGUE)
    assert (grid.rows, grid.year_found) == ((), 2020)
    assert [(problem.level, problem.sheet, problem.cell) for problem in grid.problems] == [
        ("error", "Indicateurs 2020", "G3")
    ]
    assert "est une grille de 2020 (cellule G3) et non de 2021" in grid.problems[0].message


def test_a_rate_of_9870_percent_is_an_error_with_its_place(tmp_path):
    book = openpyxl.load_workbook(AIX, data_only=True)
    book.active["G5"] = 98.7
    book.save(tmp_path / "aix.xlsx")

    grid = recognise(read(tmp_path / "aix.xlsx", name="aix.xlsx"), year=2020, catalogue=CATALOGUE)

    error = grid.errors[0]
    assert (len(grid.errors), error.sheet, error.cell) == (1, "Indicateurs 2020", "G5")
    assert "« 9870\u202f% » : un taux ne dépasse pas 100 %" in error.message
    assert (grid.rows[0].cells[0].state, grid.rows[0].cells[0].value) == ("missing", None)
