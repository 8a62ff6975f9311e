"""The workbook of a plan: the layout of the services, what is printed around it, nothing live."""

import io
import zipfile

import openpyxl
import pytest

from actions.exports.plan_xlsx import plan_xlsx
from tests.actions.exports.documents import DIGEST, FIRST, THIRD, document, line, sheet, with_actions

HEADS = ["Engagements", "Constat", "Responsable", "Échéance", "Réalisation de l’action", "Commentaire"]


def opened(*plans):
    return openpyxl.load_workbook(io.BytesIO(plan_xlsx(document(*plans))))


def values(page, first: int, last: int) -> list[list]:
    return [[cell.value for cell in row] for row in page.iter_rows(min_row=first, max_row=last)]


def test_a_plan_without_words_of_its_own_has_the_six_columns_of_the_services():
    page = opened(sheet())["Audit interne 2015"]
    assert values(page, 1, 5) == [
        ["Plan d’actions suite à l’audit interne du 16/10/2015", *[None] * 5],
        ["Préfecture de l’Aisne – Audit interne du 16/10/2015 · 3 actions", *[None] * 5],
        ["màj 07/10/2016", *[None] * 5],
        [
            "État au 07/10/2016, produit le 22/11/2026 à 10:30. Empreinte SHA-256 de l’état : " + DIGEST,
            *[None] * 5,
        ],
        HEADS,
    ]
    assert values(page, 6, 9) == [
        ["Module obligatoire", *[None] * 5],
        [FIRST, "Affichage à remettre à jour", "RQ", "15/11/15", "FAIT", "Fait le 03/11/2015"],
        [None, "Manque les horaires", "SIDSIC", "15/11/15", "FAIT", None],
        [THIRD, "Enquêtes mystères", "RQ", "1er trim. 2016", "FAIT", None],
    ]


def test_bands_span_the_table_and_an_engagement_its_findings():
    page = opened(sheet())["Audit interne 2015"]
    assert sorted(map(str, page.merged_cells.ranges)) == ["A6:F6", "A7:A8"]


def test_an_action_with_words_of_its_own_opens_a_column_and_shares_its_finding():
    page = opened(with_actions(line(action="Courrier envoyé"), line(action="Information en cas d’urgence")))["CLU 2019"]
    assert values(page, 5, 7) == [
        [HEADS[0], HEADS[1], "Action", *HEADS[2:]],
        [None, "Délai de rendez-vous à réduire", "Courrier envoyé", "RQ", "15/11/15", "FAIT", None],
        [None, None, "Information en cas d’urgence", "RQ", "15/11/15", "FAIT", None],
    ]
    assert sorted(map(str, page.merged_cells.ranges)) == ["A6:A7", "B6:B7"]
    assert page["A3"].value is None


def test_what_is_gone_is_struck_and_says_so():
    page = opened(with_actions(line(action="Ancienne", mark="supprimée le 12/03/2020", is_gone=True)))["CLU 2019"]
    assert page["C6"].font.strike
    assert page["G6"].value == "[supprimée le 12/03/2020]"


def test_it_prints_in_landscape_on_a4_with_its_heads_on_each_page():
    page = opened(sheet())["Audit interne 2015"]
    assert (page.page_setup.orientation, page.page_setup.paperSize, page.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert page.print_title_rows == "$5:$5"
    assert page.freeze_panes == "A6"
    assert page.oddFooter.center.text == "État au 07/10/2016 – empreinte 0123456789abcdef…"
    assert [page.column_dimensions[letter].width > 10 for letter in "ABCDEF"] == [True] * 6


def test_a_merged_cell_has_the_height_of_its_words():
    tall = with_actions(line(action="a"), line(action="b"), finding="mot " * 100)
    page = opened(tall)["CLU 2019"]
    assert [page.row_dimensions[row].height for row in (6, 7)] == [None, 105]


def test_the_properties_of_the_file_hold_the_digest():
    book = opened(sheet())
    found = {prop.name: prop.value for prop in book.custom_doc_props.props}
    assert found == {"Empreinte SHA-256": DIGEST, "État au": "07/10/2016", "Dernier sceau de l’historique": "aucun"}


@pytest.mark.parametrize("text", ["=1+1", "+33 1", "@SUM(A1)", "-2+3", "\t=1", "http://exemple.fr"])
def test_no_text_is_live(text):
    content = plan_xlsx(document(with_actions(line(action=text, comment=text, responsible=text), finding=text)))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in page
    assert "<hyperlink" not in page


def test_sheets_of_one_name_are_told_apart_and_named_as_excel_accepts():
    book = opened(sheet(), sheet(), sheet(tab="Retours : [2015] / audits réalisés en France"), sheet(tab="'?'"))
    assert book.sheetnames == [
        "Audit interne 2015", "Audit interne 2015 (2)", "Retours    2015    audits réali", "Plan",
    ]  # fmt: skip


def test_a_long_name_given_twice_keeps_its_year():
    book = opened(sheet(tab="Enquête de satisfaction 2025"), sheet(tab="Enquête de satisfaction 2025"))
    assert book.sheetnames == ["Enquête de satisfaction 2025", "Enquête de satisfaction 2025-2"]


def test_a_site_without_plan_says_so():
    page = opened()["Plans"]
    assert page["A1"].value == "Préfecture de l’Aisne : aucun plan d’actions ce jour-là."
