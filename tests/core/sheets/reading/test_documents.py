"""Tables and texts of Word and OpenDocument documents."""

import pytest

from core.sheets.reading import limits
from core.sheets.reading.bounded import read
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import MergedRange
from tests.core.sheets.reading.files import docx, opendocument


@pytest.fixture
def word(tmp_path):
    return lambda body, **options: read(docx(tmp_path / "f.docx", body, **options), name="f.docx")


@pytest.fixture
def writer(tmp_path):
    return lambda body, **options: read(opendocument(tmp_path / "f.odt", "text", body, **options), name="f.odt")


def p(*runs, properties=""):
    runs = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def tc(*paragraphs, properties=""):
    body = "".join(one if one.startswith("<") else p(one) for one in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{body}</w:tc>"


def tbl(*rows):
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def values(sheet):
    return [[cell.value for cell in row] for row in sheet.rows]


ITEM = '<w:numPr><w:numId w:val="1"/></w:numPr>'


def test_each_table_is_a_sheet_and_the_text_around_a_last_one(word):
    book = word(p("Plan du 14/03/2023") + tbl(tc("Constat") + tc("Action")) + p() + tbl(tc("Autre")) + p("Fin"))

    assert [(sheet.name, values(sheet), sheet.is_lines) for sheet in book.sheets] == [
        ("Tableau 1", [["Constat", "Action"]], False),
        ("Tableau 2", [["Autre"]], False),
        ("Texte", [["Plan du 14/03/2023"], [], ["Fin"]], True),
    ]
    assert (book.kind, book.remarks) == ("docx", [])
    assert [cell.address for sheet in book.sheets for cell in sheet.filled()] == ["A1", "B1", "A1", "L1", "L3"]


def test_paragraphs_of_a_cell_are_lines_and_items_of_a_list_are_marked(word):
    cells = tc("un", p("deux", "<w:r><w:br/></w:r>", "trois")) + tc(p("a", properties=ITEM), p("b", properties=ITEM))
    alone = tc(p("seul", properties=ITEM))

    styled = p("style", properties='<w:pStyle w:val="Listepuces"/>')
    book = word(tbl(cells + alone) + p("point", properties=ITEM) + styled)

    assert values(book.sheets[0]) == [["un\ndeux\ntrois", "- a\n- b", "seul"]]
    assert values(book.sheets[1]) == [["- point"], ["- style"]]


def test_cells_merged_across_and_down_are_merged_ranges(word):
    across, first, next_ = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"

    sheet = word(
        tbl(
            tc("Titre", properties=across) + tc("C"),
            tc("Constat", properties=first) + tc("a") + tc("1"),
            tc("caché", properties=next_) + tc("b") + tc("2"),
            tc("Autre", properties=first) + tc("c") + tc("3"),
        )
    ).sheets[0]

    assert sorted(sheet.merged, key=lambda block: block.first_row) == [MergedRange(1, 1, 1, 2), MergedRange(2, 1, 3, 1)]
    assert values(sheet) == [["Titre", None, "C"], ["Constat", "a", "1"], [None, "b", "2"], ["Autre", "c", "3"]]
    assert (sheet.value_at(3, 1).value, sheet.cell(3, 1).covered_text) == ("Constat", "caché")


def test_deleted_text_is_left_out_and_inserted_text_kept(word):
    cell = tc(
        p(
            "Fait ",
            "<w:del><w:r><w:delText>hier</w:delText></w:r></w:del>",
            "<w:ins><w:r><w:t>lundi</w:t></w:r></w:ins>",
        )
    )
    gone = "<w:trPr><w:del/></w:trPr>" + tc("ligne ôtée")

    book = word(tbl(gone, cell, tc("suite")))

    assert values(book.sheets[0]) == [["Fait lundi"], ["suite"]]
    assert [remark.text for remark in book.remarks] == [
        "Le document garde des modifications suivies : ce qui est ajouté est lu, ce qui est supprimé non."
    ]


def test_a_table_inside_a_cell_is_read_as_its_text_and_said(word):
    book = word(tbl(tc("a") + tc("avant", tbl(tc("x") + tc("y")), "après")))

    assert values(book.sheets[0]) == [["a", "avant\nx\ny\naprès"]]
    assert [(remark.sheet, remark.cell) for remark in book.remarks] == [("Tableau 1", "B1")]


def test_strikes_colours_comments_and_ticks_of_a_word_cell_are_told(word):
    strike = "<w:r><w:rPr><w:strike/></w:rPr><w:t>ôté</w:t></w:r>"
    tick = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    private = "\uf0fd"
    comment = '<w:r><w:commentReference w:id="7"/></w:r>'
    cells = (
        tc(p(strike))
        + tc(p("gardé ", strike))
        + tc(p(tick), properties='<w:shd w:fill="92D050"/>')
        + tc(p(private, comment))
    )

    sheet = word(
        tbl(cells), comments='<w:comment w:id="7"><w:p><w:r><w:t>Voir la RQ</w:t></w:r></w:p></w:comment>'
    ).sheets[0]

    assert [(cell.text, cell.is_struck, cell.struck_text, cell.fill, cell.note) for cell in next(sheet.rows)] == [
        ("ôté", True, "", "", ""),
        ("gardé ôté", False, "ôté", "", ""),
        ("✓", False, "", "92D050", ""),
        ("☒", False, "", "", "Voir la RQ"),
    ]


def test_hidden_text_is_not_read_and_said(word):
    book = word(p("vu", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>caché</w:t></w:r>"))

    assert (values(book.sheets[0]), [remark.text for remark in book.remarks]) == (
        [["vu"]],
        ["Le document contient du texte masqué : il n’est pas lu."],
    )


def odt_row(*cells):
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def odt_cell(*paragraphs, attributes=""):
    texts = "".join(one if one.startswith("<") else f"<text:p>{one}</text:p>" for one in paragraphs)
    return f"<table:table-cell {attributes}>{texts}</table:table-cell>"


def test_the_tables_and_the_text_of_an_odt(writer):
    wide = odt_cell("Titre", attributes='table:number-columns-spanned="2"') + "<table:covered-table-cell/>"
    items = "".join(f"<text:list-item><text:p>{one}</text:p></text:list-item>" for one in "ab")
    listed = f"<text:list>{items}</text:list>"
    cells = odt_cell("un", "deux<text:line-break/>trois") + odt_cell(listed)
    table = f"<table:table>{odt_row(wide)}{odt_row(cells)}</table:table>"
    deleted = "<text:tracked-changes><text:deletion><text:p>ôté</text:p></text:deletion></text:tracked-changes>"

    book = writer(f"{deleted}<text:h>Plan</text:h>{table}<text:p>Fin</text:p>{listed}")

    assert [(sheet.name, values(sheet), sheet.is_lines) for sheet in book.sheets] == [
        ("Tableau 1", [["Titre"], ["un\ndeux\ntrois", "- a\n- b"]], False),
        ("Texte", [["Plan"], ["Fin"], ["- a"], ["- b"]], True),
    ]
    assert book.sheets[0].merged == [MergedRange(1, 1, 1, 2)]
    assert (book.kind, len(book.remarks)) == ("odt", 1)


def test_a_table_inside_a_cell_of_an_odt_is_read_as_its_text_and_said(writer):
    inner = f"<table:table>{odt_row(odt_cell('x'), odt_cell('y'))}</table:table>"

    book = writer(f"<table:table>{odt_row(odt_cell('avant', inner, '<text:p>après</text:p>'))}</table:table>")

    assert values(book.sheets[0]) == [["avant\nx\ny\naprès"]]
    assert [(remark.sheet, remark.cell) for remark in book.remarks] == [("Tableau 1", "A1")]


def test_a_document_of_many_rows_is_refused_beyond_the_limit(tmp_path):
    path = docx(tmp_path / "f.docx", tbl(*[tc("x")] * (limits.ROWS + 1)))

    with pytest.raises(SpreadsheetError) as caught:
        read(path, name="f.docx")

    assert "« Tableau 1 » compte 20001 lignes ; le maximum est de 20000" in caught.value.message


def test_a_long_document_is_read_within_the_time_of_a_reading(tmp_path):
    path = docx(tmp_path / "f.docx", p("Un paragraphe ordinaire.") * 40_000)

    assert read(path, name="f.docx").sheets[0].row_count == 40_000


def test_entities_in_a_document_are_refused(tmp_path):
    path = docx(tmp_path / "f.docx", "", comments='<!DOCTYPE x [<!ENTITY a "b">]>')

    with pytest.raises(SpreadsheetError, match="déclarations interdites"):
        read(path, name="f.docx")
