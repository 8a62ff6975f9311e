"""What reading an ODS gives: values and displayed texts, repetitions, spans, errors."""

from datetime import date

import pytest

from core.sheets.reading.bounded import read
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import MergedRange
from tests.core.sheets.reading.files import ods


def sheet_of(tmp_path, rows):
    return read(ods(tmp_path / "f.ods", rows), name="f.ods").sheets[0]


def row(*cells):
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def cell(text, attributes):
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


@pytest.mark.parametrize(
    ("shown", "attributes", "value"),
    [
        ("98,7 %", 'office:value-type="percentage" office:value="0.987"', 0.987),
        ("6", 'office:value-type="float" office:value="6"', 6),
        ("févr. 20", 'office:value-type="date" office:date-value="2020-02-01"', date(2020, 2, 1)),
        ("VRAI", 'office:value-type="boolean" office:boolean-value="true"', True),
        ("COVID", 'office:value-type="string"', "COVID"),
    ],
)
def test_a_cell_has_its_value_and_the_text_a_person_sees(tmp_path, shown, attributes, value):
    found = sheet_of(tmp_path, row(cell(shown, attributes))).at("A1")

    assert (found.value, found.text) == (value, shown)


def test_an_error_is_an_error(tmp_path):
    attributes = 'table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"'

    found = sheet_of(tmp_path, row(cell("#DIV/0!", attributes))).at("A1")

    assert (found.value, found.is_error, found.is_formula) == ("#DIV/0!", True, True)


def test_repeated_cells_and_rows_are_laid_out(tmp_path):
    repeated = cell("x", 'office:value-type="string" table:number-columns-repeated="2"')
    rows = f'<table:table-row table:number-rows-repeated="2">{repeated}</table:table-row>' + row(cell("y", ""))

    sheet = sheet_of(tmp_path, rows)

    assert [[one.value for one in line] for line in sheet.rows] == [["x", "x"], ["x", "x"], ["y"]]


def test_blank_repetitions_to_the_end_of_the_sheet_cost_nothing(tmp_path):
    blank = '<table:table-cell table:number-columns-repeated="16384"/>'
    rows = row(cell("x", "")) + f'<table:table-row table:number-rows-repeated="1048575">{blank}</table:table-row>'

    assert sheet_of(tmp_path, rows).row_count == 1


def test_a_span_is_a_merged_range(tmp_path):
    spanning = cell("Famille", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
    rows = row(spanning, cell("a", "")) + row("<table:covered-table-cell/>", cell("b", ""))

    sheet = sheet_of(tmp_path, rows)

    assert sheet.merged == [MergedRange(1, 1, 2, 1)]
    assert (sheet.value_at(2, 1).value, sheet.cell(2, 2).value) == ("Famille", "b")


def test_a_comment_on_a_cell_is_not_its_text(tmp_path):
    note = "<office:annotation><text:p>note</text:p></office:annotation>"
    noted = f"<table:table-cell>{note}<text:p>vu</text:p></table:table-cell>"

    assert sheet_of(tmp_path, row(noted)).at("A1").value == "vu"


def test_filled_repetitions_are_refused_beyond_the_limit(tmp_path):
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell("x", "")}</table:table-row>'

    with pytest.raises(SpreadsheetError) as caught:
        sheet_of(tmp_path, rows)

    assert "1048576 lignes ; le maximum est de 20000" in caught.value.message
