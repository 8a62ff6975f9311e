"""The real grid of Aix-en-Provence 2020 comes out as `expected.json` says, in every format it may be sent in."""

import csv
import json
from decimal import Decimal

import openpyxl
import pytest
from odfdo import Cell as OdsCell
from odfdo import Document, Row, Table

from core.importing.asks import Given
from core.sheets.reading.bounded import read
from indicators.imports.planning import GridPlanner
from indicators.models import GridImport
from tests.indicators.imports.grids import AIX, DATA, asked, is_accounted
from tests.organisations.factories import SousPrefectureFactory

pytestmark = [pytest.mark.django_db, pytest.mark.both]
EXPECTED = json.loads((DATA / "expected.json").read_text())["aix_2020"]


@pytest.fixture(scope="module")
def book():
    return read(AIX, name="aix.xlsx")


@pytest.fixture
def plan(catalogue, book):
    site = SousPrefectureFactory(code="13-aix", name="Aix")
    return lambda other=book, year=2020: GridPlanner(GridImport(site=site, year=year), Given()).plan(other)


def meaning(plan, *, with_mean=True):
    """What a grid says, wherever it stands."""
    return [
        (
            line.content.indicator and line.content.indicator.code,
            line.content.target,
            line.content.past and (line.content.past.value, line.content.past.target_met),
            {
                month: (str(figure.state), figure.value, figure.reason, figure.comment)
                for month, figure in line.content.figures.items()
            },
            line.content.mean_note if with_mean else "",
        )
        for line in plan.lines
    ]


def test_the_grid_says_what_a_careful_reader_sees(plan):
    found = plan()
    assert (asked(found), found.errors, found.counts) == ([], [], {"created": 239, "changed": 0, "unchanged": 0})
    assert is_accounted(found)
    assert found.accounts.reasons == {"moyenne ou total de l’année : comparé, non repris": 20}
    entries = [line.content for line in found.lines]
    assert [(entry.family, line.label, entry.engagement) for entry, line in zip(entries, found.lines, strict=True)] == [
        (row["category"], row["label"], row["engagement"]) for row in EXPECTED
    ]
    assert all(entry.indicator for entry in entries)
    measured = [[f.value for f in entry.figures.values() if f.state == "measured"] for entry in entries]
    assert [len(values) for values in measured] == [row["measured_months"] for row in EXPECTED]
    means = [float(round(sum(values) / len(values), 6)) if values else None for values in measured]
    assert means == [row["mean_of_measured_months"] for row in EXPECTED]
    assert [problem.place.cell for problem in found.warnings] == ["B16"]


def test_a_delay_printed_as_a_percentage_is_in_days_and_a_division_by_zero_is_no_value(plan):
    notes = [line.content.mean_note for line in plan().lines]
    assert notes[7] == "Le fichier imprime « 600,00% » (T12) ; nous lisons 6\u202fjours."
    assert notes[8] == "Le fichier imprime « #DIV/0! » (T13) ; nous lisons sans objet."


def test_states_and_comments_are_told_apart(plan):
    lines = plan().lines
    figures = lines[17].content.figures
    assert [figures[month].state for month in sorted(figures)] == ["no_case", *["suspended"] * 4, *["closed"] * 6]
    assert {figures[month].reason for month in (3, 4, 5, 6)} == {"COVID"}
    assert lines[11].content.figures[7].comment == "1 courriel répondu en 6 jour sur 10 en juillet"
    assert [line.content.past.target_met for line in lines if line.content.past] == [
        True,
        True,
        *[True] * 12,
        None,
        None,
        None,
        True,
    ]


def test_another_year_is_asked_about_at_the_cell_that_says_so(plan):
    found = plan(year=2021)
    assert [(ask.code, ask.proposed, ask.places[0].cell) for ask in found.open_asks] == [("file:year", "2020", "G3")]
    assert (found.lines, is_accounted(found)) == ([], True)


def test_an_ods_and_an_xlsx_saved_anew_give_the_same(plan, book, tmp_path):
    document = Document("spreadsheet")
    document.body.clear()
    table = Table("Indicateurs 2020")
    for cells in book.sheets[0].rows:
        line = Row()
        for cell in cells:
            kind = {"cell_type": "percentage"} if cell.is_percent else {}
            line.append_cell(OdsCell(value=cell.value, text=cell.text, **kind))
        table.append_row(line)
    document.body.append(table)
    for block in book.sheets[0].merged:
        table.set_span((block.first_column - 1, block.first_row - 1, block.last_column - 1, block.last_row - 1))
    document.save(tmp_path / "aix.ods")
    openpyxl.load_workbook(AIX, data_only=True).save(tmp_path / "aix.xlsx")
    for name in ("aix.ods", "aix.xlsx"):
        assert meaning(plan(read(tmp_path / name, name=name)), with_mean=False) == meaning(plan(), with_mean=False)


@pytest.mark.parametrize(("delimiter", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "cp1252")])
def test_a_csv_gives_the_same_to_the_printed_digit(plan, book, tmp_path, delimiter, encoding):
    with (tmp_path / "aix.csv").open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([cell.text for cell in cells] for cells in book.sheets[0].rows)
    found = plan(read(tmp_path / "aix.csv", name="aix.csv"))
    assert meaning(found, with_mean=False) == meaning(plan(), with_mean=False)
    assert found.lines[1].content.figures[8].value == Decimal(0)
