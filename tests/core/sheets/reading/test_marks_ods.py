"""What a careful person sees in an ODS besides values."""

import pytest

from core.sheets.reading.bounded import read
from tests.core.sheets.reading.files import ods

STYLES = """
<style:style style:name="orange" style:family="table-cell">
  <style:table-cell-properties fo:background-color="#ffc000"/></style:style>
<style:style style:name="heir" style:family="table-cell" style:parent-style-name="orange"/>
<style:style style:name="blank" style:family="table-cell" style:parent-style-name="orange">
  <style:table-cell-properties fo:background-color="transparent"/></style:style>
<style:style style:name="struck" style:family="table-cell">
  <style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="part" style:family="text">
  <style:text-properties style:text-line-through-type="single"/></style:style>
<style:style style:name="unseen" style:family="table"><style:table-properties table:display="false"/></style:style>
"""


@pytest.fixture
def sheet_of(tmp_path):
    def sheet(rows, *, table=""):
        return read(ods(tmp_path / "f.ods", rows, styles=STYLES, table=table), name="f.ods").sheets[0]

    return sheet


def row(*cells, attributes=""):
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def cell(text, attributes="", before=""):
    return f"<table:table-cell {attributes}>{before}<text:p>{text}</text:p></table:table-cell>"


@pytest.mark.parametrize(
    ("shown", "attributes", "is_percent", "suffix"),
    [
        ("98,7 %", 'office:value-type="percentage" office:value="0.987"', True, ""),
        ("95,2 %", 'office:value-type="float" office:value="95.2"', False, "%"),
        ("12 jours", 'office:value-type="float" office:value="12"', False, "jours"),
        ("1 234,5", 'office:value-type="float" office:value="1234.5"', False, ""),
        ("98 %", 'office:value-type="string"', False, ""),
    ],
)
def test_a_percent_format_is_told_from_a_percent_sign_written_after_the_number(
    sheet_of, shown, attributes, is_percent, suffix
):
    found = sheet_of(row(cell(shown, attributes))).at("A1")

    assert (found.is_percent, found.literal_suffix) == (is_percent, suffix)


def test_a_formula_without_its_value_lacks_it(sheet_of):
    lacking = '<table:table-cell table:formula="of:=SUM([.A1:.A2])"/>'
    empty = '<table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/>'

    assert [(found.address, found.lacks_value) for found in sheet_of(row(empty, lacking)).filled()] == [("B1", True)]


def test_a_note_is_told_beside_the_text(sheet_of):
    note = (
        "<office:annotation><dc:creator>RQ</dc:creator><text:p>panne</text:p><text:p>le 3</text:p></office:annotation>"
    )

    sheet = sheet_of(row(cell("95", before=note), f"<table:table-cell>{note}</table:table-cell>"))

    assert [(found.address, found.value, found.note) for found in sheet.noted()] == [
        ("A1", "95", "panne\nle 3"),
        ("B1", None, "panne\nle 3"),
    ]


def test_colours_come_from_the_cell_its_parent_style_its_row_or_its_column(sheet_of):
    heirs = 'table:default-cell-style-name="heir" table:number-columns-repeated="3"'
    columns = f"<table:table-column/><table:table-column {heirs}/>"
    cells = [
        cell("a", 'table:style-name="orange"'),
        cell("b"),
        cell("c", 'table:style-name="blank"'),
        '<table:table-cell table:number-columns-repeated="1021"/>',
    ]

    sheet = sheet_of(columns + row(*cells))

    assert [sheet.cell(1, column).fill for column in (1, 2, 3, 4, 5)] == ["FFC000", "FFC000", "", "FFC000", ""]


def test_a_struck_cell_and_a_text_struck_in_part_are_told_apart(sheet_of):
    part = 'Afficher <text:span text:style-name="part">les horaires</text:span>'

    found = next(sheet_of(row(cell("ôtée", 'table:style-name="struck"'), cell(part))).rows)

    assert [(one.is_struck, one.struck_text) for one in found] == [(True, ""), (False, "les horaires")]


def test_hidden_and_filtered_rows_columns_and_sheets_are_told(sheet_of):
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    cells = [cell("a"), cell("b"), cell("c")]
    rows = [
        row(*cells),
        row(*cells, attributes='table:visibility="collapse" table:number-rows-repeated="2"'),
        row(*cells, attributes='table:visibility="filter"'),
    ]

    sheet = sheet_of(columns + "".join(rows), table='table:style-name="unseen"')

    assert (sheet.hidden_rows, sheet.filtered_rows, sheet.hidden_columns) == ({2, 3, 4}, {4}, {2})
    assert (sheet.is_hidden, sheet.at("C1").is_hidden, sheet.at("B1").is_hidden) == (True, False, True)


def test_what_a_merge_covers_is_told_and_not_served(sheet_of):
    seen = cell("90 %", 'office:value-type="percentage" office:value="0.9" table:number-columns-spanned="2"')
    unseen = cell("70 %", 'office:value-type="percentage" office:value="0.7"').replace(
        "table-cell", "covered-table-cell"
    )

    found = next(sheet_of(row(seen, unseen)).rows)

    assert [(one.value, one.covered_text) for one in found] == [(0.9, ""), (None, "70 %")]


def test_marks_are_repeated_with_their_rows(sheet_of):
    repeated = 'table:number-rows-repeated="3"'

    sheet = sheet_of(row(cell("a", 'table:style-name="orange"'), attributes=repeated))

    assert [sheet.cell(number, 1).fill for number in (1, 2, 3, 4)] == ["FFC000", "FFC000", "FFC000", ""]
