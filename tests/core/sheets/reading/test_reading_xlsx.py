"""What reading an XLSX gives: values, what a person sees, formulas, errors, merged cells."""

from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.styles import Alignment

from core.sheets.reading.bounded import read
from core.sheets.reading.model import MergedRange
from tests.core.sheets.reading.files import xlsx


@pytest.fixture
def saved(tmp_path):
    def save(fill):
        book = openpyxl.Workbook()
        fill(book.active)
        path = tmp_path / "classeur.xlsx"
        book.save(path)
        return read(path, name="classeur.xlsx").sheets[0]

    return save


@pytest.mark.parametrize(
    ("value", "number_format", "expected", "text"),
    [
        (0.987, "0.0%", 0.987, "98,7%"),
        (0.987, "0.0 %", 0.987, "98,7 %"),
        (6, "0%", 6, "600%"),
        (38.25, "0.0", 38.25, "38,3"),
        (1234.5, "#,##0.00", 1234.5, "1\u202f234,50"),
        (2, '0" j"', 2, "2 j"),
        (-0.5, "0.0%", -0.5, "-50,0%"),
        (2.36, "General", 2.36, "2,36"),
        (734, "General", 734, "734"),
        (date(2020, 2, 1), "mmm-yy", date(2020, 2, 1), "févr.-20"),
        (date(2020, 2, 1), "mm/yyyy", date(2020, 2, 1), "02/2020"),
        (date(2020, 8, 3), "dddd d mmmm yyyy", date(2020, 8, 3), "lundi 3 août 2020"),
        (datetime(2020, 2, 1, 14, 5), "dd/mm/yyyy hh:mm", datetime(2020, 2, 1, 14, 5), "01/02/2020 14:05"),
        ("COVID", "0.0%", "COVID", "COVID"),
        (True, "0.0%", True, "VRAI"),
    ],
)
def test_a_cell_has_its_value_and_the_text_a_person_sees(saved, value, number_format, expected, text):
    def fill(sheet):
        sheet["F12"] = value
        sheet["F12"].number_format = number_format

    cell = saved(fill).at("F12")

    assert (cell.address, cell.row, cell.column, cell.value, cell.text) == ("F12", 12, 6, expected, text)


def test_a_cached_error_is_an_error_with_its_code(tmp_path):
    path = xlsx(tmp_path / "f.xlsx", '<row r="1"><c r="B1" t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>')

    cell = read(path, name="f.xlsx").sheets[0].at("B1")

    assert (cell.value, cell.text, cell.is_error, cell.is_formula) == ("#DIV/0!", "#DIV/0!", True, True)


def test_a_formula_is_told_from_a_typed_value(tmp_path):
    path = xlsx(tmp_path / "f.xlsx", '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c></row>')

    sheet = read(path, name="f.xlsx").sheets[0]

    assert [cell.is_formula for cell in next(sheet.rows)] == [False, True]


def test_a_merged_cell_is_seen_on_every_row_it_covers(saved):
    def fill(sheet):
        sheet["A2"] = "Accueil"
        sheet["B2"], sheet["B3"], sheet["B4"] = 1, 2, 3
        sheet.merge_cells("A2:A3")

    sheet = saved(fill)

    assert sheet.merged == [MergedRange(2, 1, 3, 1)]
    assert [sheet.value_at(row, 1).value for row in (2, 3, 4)] == ["Accueil", "Accueil", None]
    assert sheet.cell(3, 1).value is None


def test_empty_formatted_cells_far_away_do_not_count(saved):
    def fill(sheet):
        sheet["A1"] = "seul"
        sheet["XFD1048576"].alignment = Alignment(horizontal="center")

    sheet = saved(fill)

    assert (sheet.row_count, sheet.column_count) == (1, 1)


def test_cells_without_addresses_follow_each_other(tmp_path):
    path = xlsx(tmp_path / "f.xlsx", '<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row><row><c><v>2</v></c></row>')

    sheet = read(path, name="f.xlsx").sheets[0]

    assert [[cell.value for cell in row] for row in sheet.rows] == [[1, "#N/A"], [2]]


def test_a_hidden_sheet_is_marked(tmp_path):
    book = openpyxl.Workbook()
    book.create_sheet("Listes").sheet_state = "hidden"
    book.save(tmp_path / "f.xlsx")

    sheets = read(tmp_path / "f.xlsx", name="f.xlsx").sheets

    assert [(sheet.name, sheet.is_hidden) for sheet in sheets] == [("Sheet", False), ("Listes", True)]


def test_a_big_sheet_is_read_for_its_values(tmp_path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Données")
    for number in range(6_000):
        sheet.append([number, number / 4, f"texte {number}", date(2020, 1, 1), None, True] * 2)
    book.save(tmp_path / "f.xlsx")

    found = read(tmp_path / "f.xlsx", name="f.xlsx").sheets[0]

    assert (found.row_count, found.column_count) == (6_000, 12)
    assert [cell.value for cell in list(found.rows)[5_999]][:6] == [
        5999,
        1499.75,
        "texte 5999",
        date(2020, 1, 1),
        None,
        True,
    ]
