"""What a careful person sees in an XLSX besides values: formats, formulas, notes, colours, strikes, what is hidden."""

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from core.sheets.reading import limits
from core.sheets.reading.bounded import read
from tests.core.sheets.reading.files import MAIN, relations, xlsx


@pytest.fixture
def saved(tmp_path):
    def save(fill):
        book = openpyxl.Workbook()
        fill(book.active)
        book.save(tmp_path / "classeur.xlsx")
        return read(tmp_path / "classeur.xlsx", name="classeur.xlsx").sheets[0]

    return save


@pytest.mark.parametrize(
    ("value", "number_format", "text", "is_percent", "suffix"),
    [
        (0.987, "0.0%", "98,7%", True, ""),
        (0.987, "0.0\\ %", "98,7 %", True, ""),
        (95.2, '0.0" %"', "95,2 %", False, "%"),
        (0.9, '0.0"%"', "0,9%", False, "%"),
        (95.2, "0.0\\%", "95,2%", False, "%"),
        (95.2, 'General" %"', "95,2 %", False, "%"),
        (12, '0" jours"', "12 jours", False, "jours"),
        (-12, '#,##0.0" j"', "-12,0 j", False, "j"),
        (0.5, '[<=1]0%;0" %"', "50%", True, ""),
        (95, '[<=1]0%;0" %"', "95 %", False, "%"),
        (-0.5, '0%;-0.0" pt"', "-0,5 pt", False, "pt"),
        (6, "General", "6", False, ""),
        ("98 %", "0%", "98 %", False, ""),
    ],
)
def test_a_percent_format_is_told_from_a_percent_sign_written_after_the_number(
    saved, value, number_format, text, is_percent, suffix
):
    def fill(sheet):
        sheet["B2"] = value
        sheet["B2"].number_format = number_format

    cell = saved(fill).at("B2")

    assert (cell.value, cell.text, cell.is_percent, cell.literal_suffix) == (value, text, is_percent, suffix)


def test_a_formula_without_its_value_lacks_it_and_counts_as_filled(saved):
    def fill(sheet):
        sheet["A1"], sheet["C1"] = "Total", "=SUM(A1:B1)"

    sheet = saved(fill)

    assert [(cell.address, cell.value, cell.lacks_value) for cell in sheet.filled()] == [
        ("A1", "Total", False),
        ("C1", None, True),
    ]


def test_a_formula_whose_value_is_an_empty_text_lacks_nothing(tmp_path):
    rows = '<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c></row>'

    cell = read(xlsx(tmp_path / "f.xlsx", rows), name="f.xlsx").sheets[0].at("A1")

    assert (cell.is_formula, cell.value, cell.lacks_value) == (True, None, False)


@pytest.mark.parametrize(("computed", "is_lacking"), [(0, True), (3, False)])
def test_formulas_that_are_all_zero_where_no_spreadsheet_computed_them_have_no_value(tmp_path, computed, is_lacking):
    with xlsxwriter.Workbook(tmp_path / "f.xlsx") as book:  # it asks for their computing at the next opening
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [1, 2])
        sheet.write_formula(0, 2, "=A1-B1+1")
        sheet.write_formula(0, 3, "=A1+B1", None, computed)

    row = list(next(read(tmp_path / "f.xlsx", name="f.xlsx").sheets[0].rows))

    assert [cell.lacks_value for cell in row] == [False, False, is_lacking, is_lacking and not computed]
    assert [cell.value for cell in row[2:]] == ([None, None] if is_lacking else [0, 3])


def test_notes_are_told_those_of_empty_cells_too(saved):
    def fill(sheet):
        sheet["A1"] = "Mars"
        sheet["A1"].comment = Comment("Panne du standard", "RQ")
        sheet["F9"].comment = Comment("À compléter", "RQ")

    sheet = saved(fill)

    assert [(cell.address, cell.note) for cell in sheet.noted()] == [
        ("A1", "Panne du standard"),
        ("F9", "À compléter"),
    ]
    assert sheet.row_count == 1


def test_the_thread_of_a_note_stands_before_the_note_that_repeats_it(tmp_path):
    thread = '<ThreadedComments><threadedComment ref="A1"><text>Qui ?</text></threadedComment>'
    thread += '<threadedComment ref="A1"><text>La RQ.</text></threadedComment></ThreadedComments>'
    note = (
        '<comments><commentList><comment ref="A1"><text><t>[Commentaire]</t></text></comment></commentList></comments>'
    )
    path = xlsx(
        tmp_path / "f.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        extra={
            "xl/worksheets/_rels/sheet1.xml.rels": relations(
                ("threadedComment", "../threadedComments/1.xml"), ("comments", "../comments1.xml")
            ),
            "xl/threadedComments/1.xml": thread,
            "xl/comments1.xml": note,
        },
    )

    assert read(path, name="f.xlsx").sheets[0].at("A1").note == "Qui ?\nLa RQ."


@pytest.mark.parametrize(
    ("colour", "fill"),
    [
        (Color(rgb="00FFC000"), "FFC000"),
        (Color(rgb="00FFFFFF"), ""),
        (Color(indexed=10), "FF0000"),
        (Color(theme=4), "4F81BD"),
        (Color(theme=0), ""),
        (Color(theme=0, tint=-0.5), "808080"),
        (Color(theme=1, tint=0.5), "808080"),
    ],
)
def test_the_colour_behind_a_cell_is_resolved(saved, colour, fill):
    def paint(sheet):
        sheet["A1"] = "Signalétique"
        sheet["A1"].fill = PatternFill("solid", fgColor=colour)

    assert saved(paint).at("A1").fill == fill


def test_a_struck_cell_and_a_text_struck_in_part_are_told_apart(saved):
    def fill(sheet):
        sheet["A1"] = "Abandonnée"
        sheet["A1"].font = Font(strike=True)
        struck = InlineFont(strike=True)
        sheet["B1"] = CellRichText("Afficher ", TextBlock(struck, "les horaires"), " les délais")
        sheet["C1"] = CellRichText(TextBlock(struck, "Tout "), TextBlock(struck, "barré"))

    row = next(saved(fill).rows)

    assert [(cell.text, cell.is_struck, cell.struck_text) for cell in row] == [
        ("Abandonnée", True, ""),
        ("Afficher les horaires les délais", False, "les horaires"),
        ("Tout barré", True, ""),
    ]


def test_words_struck_in_shared_texts_are_found(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "f.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Entier")
        sheet.write_rich_string(0, 1, "Gardé ", book.add_format({"font_strikeout": True}), "ôté")

    assert read(tmp_path / "f.xlsx", name="f.xlsx").sheets[0].at("B1").struck_text == "ôté"


def test_a_tick_drawn_with_a_font_of_symbols_is_a_tick(saved):
    def fill(sheet):
        for column, (text, font) in enumerate([("ü", "Wingdings"), ("P", "Wingdings 2"), ("ü", "Arial")], 1):
            sheet.cell(1, column, text).font = Font(name=font)

    assert [cell.value for cell in next(saved(fill).rows)] == ["✓", "✓", "ü"]


def test_hidden_and_filtered_rows_and_columns_are_told(saved):
    def fill(sheet):
        for row in range(1, 7):
            sheet.append([f"ligne {row}", row, row])
        sheet.row_dimensions[2].hidden = sheet.row_dimensions[6].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.auto_filter.ref = "A1:C4"
        sheet.auto_filter.add_filter_column(0, ["ligne 1"])

    sheet = saved(fill)

    assert (sheet.hidden_rows, sheet.filtered_rows, sheet.hidden_columns) == ({2, 6}, {2}, {2})
    assert [sheet.at(address).is_hidden for address in ("A1", "A2", "B1")] == [False, True, True]


def test_what_a_merge_covers_is_told_and_not_served(tmp_path):
    rows = '<row r="1"><c r="A1"><v>0.9</v></c><c r="B1"><v>0.7</v></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    path = xlsx(tmp_path / "f.xlsx", "", extra={"xl/worksheets/sheet1.xml": f"{sheet}</worksheet>"})

    sheet = read(path, name="f.xlsx").sheets[0]

    assert [(cell.value, cell.covered_text) for cell in next(sheet.rows)] == [(0.9, ""), (None, "0,7")]
    assert sheet.value_at(1, 2).value == 0.9


def test_a_big_sheet_keeps_what_is_out_of_the_ordinary(tmp_path):
    with xlsxwriter.Workbook(tmp_path / "f.xlsx") as book:
        sheet = book.add_worksheet()
        percent = book.add_format({"num_format": "0.0%", "bg_color": "#FFC000"})
        days = book.add_format({"num_format": '0" jours"'})
        sheet.set_column(3, 4, None, None, {"hidden": True})
        for row in range(4_000):
            sheet.write_row(row, 0, [f"Ligne {row}", *range(row, row + 20)])
        sheet.set_row(4_000, None, None, {"hidden": True})
        sheet.write(4_000, 0, 0.5, percent)
        sheet.write(4_000, 1, 12, days)
        sheet.write_formula(4_000, 2, "=A1")
        sheet.write_comment(0, 0, "À revoir")

    sheet = read(tmp_path / "f.xlsx", name="f.xlsx").sheets[0]
    row = [sheet.cell(4_001, column) for column in (1, 2, 3)]

    assert (sheet.hidden_rows, sheet.hidden_columns, sheet.at("A1").note) == ({4_001}, {4, 5}, "À revoir")
    assert [(cell.value, cell.is_percent, cell.fill, cell.literal_suffix, cell.lacks_value) for cell in row] == [
        (0.5, True, "FFC000", "", False),
        (12, False, "", "jours", False),
        (None, False, "", "", True),
    ]


def test_hidden_columns_to_the_end_of_the_sheet_cost_nothing(tmp_path):
    sheet = f'<worksheet xmlns="{MAIN}"><cols>'
    sheet += '<col min="1" max="16384" hidden="1"/>' * 20_000
    sheet += '</cols><sheetData><row r="1"><c r="B1"><v>1</v></c></row></sheetData></worksheet>'
    path = xlsx(tmp_path / "f.xlsx", "", extra={"xl/worksheets/sheet1.xml": sheet})

    assert len(sheet) < limits.DETAILED_SHEET_SIZE
    assert read(path, name="f.xlsx").sheets[0].hidden_columns == {1, 2}
