"""Lists of members and sheets of presence as people lay them out: what a person reads at once is read, or refused."""

import pytest
from django.core.management.base import CommandError
from openpyxl import Workbook

from clu.models import Attendance, Mandate
from tests.core.sheets.reading.files import docx

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheets(tmp_path):
    """Write a workbook: its sheets by name, or one; blocks to merge."""

    def sheets(content, *merged):
        book = Workbook()
        book.remove(book.active)
        for name, rows in (content if isinstance(content, dict) else {"Feuil1": content}).items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
            for block in merged:
                sheet.merge_cells(block)
        book.save(tmp_path / "tableau.xlsx")
        return tmp_path / "tableau.xlsx"

    return sheets


@pytest.fixture
def word(tmp_path):
    """Write a table of Word; the lines of a cell are paragraphs."""

    def cell(text):
        return "<w:tc>" + "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n")) + "</w:tc>"

    def word(*rows):
        lines = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
        return docx(tmp_path / "tableau.docx", f"<w:tbl>{lines}</w:tbl>")

    return word


@pytest.fixture
def text(tmp_path):
    def text(words):
        (tmp_path / "tableau.txt").write_text(words, encoding="utf-8")
        return tmp_path / "tableau.txt"

    return text


@pytest.fixture
def seats(run, site):
    """Who holds the seats of a file and who replaces them, by organisation."""

    def seats(path):
        run("import_members", str(path), unit="38", committee="clu")
        return {one.member.organisation: (one.holder, one.deputy) for one in Mandate.objects.select_related("member")}

    return seats


@pytest.fixture
def came(run, site):
    def came(path):
        run("import_attendance", str(path), unit="38", committee="clu", date="2022-03-10")
        return {row.person: (row.organisation, row.presence) for row in Attendance.objects.all()}

    return came


TWO_SEATS = {"UFC": ("Mme Martin", "M. Petit"), "UDAF": ("M. Roux", "Mme Blanc")}
HEADS, PEOPLE = ["Organisme", "Nom"], (["UFC", "Mme Martin"], ["UDAF", "M. Roux"])
DEPUTIES = (["UFC", "M. Petit"], ["UDAF", "Mme Blanc"])


@pytest.mark.parametrize("rank", ["Qualité", "Rang", "T/S"])
def test_deputies_on_alternate_lines_are_those_of_the_holder_above(seats, sheets, rank):
    rows = [
        ["Organisme", rank, "Nom"], ["UFC", "Titulaire", "Mme Martin"], [None, "Suppléant", "M. Petit"],
        ["UDAF", "Titulaire", "M. Roux"], [None, "Suppléante", "Mme Blanc"],
    ]  # fmt: skip
    assert seats(sheets(rows, "A2:A3", "A4:A5")) == TWO_SEATS


@pytest.mark.parametrize("form", ["Titulaire : {0}|Suppléant : {1}", "{0} (titulaire)|{1} (suppléant)"])
def test_a_rank_written_beside_each_name_says_who_replaces(seats, sheets, form):
    rows = [["Organisme", "Représentant"]]
    for organisation, people in TWO_SEATS.items():
        holder, deputy = form.format(*people).split("|")
        rows += [[organisation, holder], [None, deputy]]
    assert seats(sheets(rows)) == TWO_SEATS


def test_both_names_under_one_heading_are_the_holder_then_the_deputy(seats, word, table):
    assert seats(word(["Organisme", "Titulaire et suppléant"], ["UFC", "Mme Martin\nM. Petit"])) == {
        "UFC": ("Mme Martin", "M. Petit")
    }
    assert seats(table(["Organisme", "Titulaire / Suppléant"], ["UDAF", "M. Roux / Mme Blanc"])) == TWO_SEATS


def test_holders_and_deputies_listed_apart_are_put_together(seats, sheets):
    apart = [["Membres titulaires"], HEADS, *PEOPLE, [], ["Membres suppléants"], HEADS, *DEPUTIES]
    assert seats(sheets(apart)) == TWO_SEATS


def test_holders_and_deputies_on_two_sheets_or_under_bands_are_put_together(seats, sheets):
    assert seats(sheets({"Titulaires": [HEADS, *PEOPLE], "Suppléants": [HEADS, *DEPUTIES]})) == TWO_SEATS
    assert seats(sheets([HEADS, ["TITULAIRES"], *PEOPLE, ["SUPPLÉANTS"], *DEPUTIES])) == TWO_SEATS


def test_an_organisation_over_its_people_in_a_text_is_no_rank(seats, text):
    words = "UFC\nTitulaire : Mme Martin\nSuppléant : M. Petit\n\nUDAF\nTitulaire : M. Roux\nSuppléant : à désigner\n"
    assert seats(text(words)) == {"UFC": ("Mme Martin", "M. Petit"), "UDAF": ("M. Roux", "")}


@pytest.mark.parametrize("cell", ["MARTIN Anne, PETIT Paul", "Anne Martin / Paul Petit", "Anne Martin et Paul Petit"])
def test_two_people_in_the_cell_of_one_are_refused(run, site, table, cell):
    with pytest.raises(CommandError, match="cellule B2 : Cette cellule nomme plusieurs personnes"):
        run("import_members", str(table(["Organisme", "Titulaire"], ["UFC", cell])), unit="38", committee="clu")


def test_idem_says_what_the_cell_above_says_and_a_total_names_nobody(seats, table):
    told = seats(table(
        ["Organisme", "Titulaire", "Suppléant"], ["UFC", "Mme Martin", "M. Petit"], ["UDAF", "M. Roux", "idem"],
        ["Total : 2 organismes", "", ""],
    ))  # fmt: skip
    assert told == {"UFC": ("Mme Martin", "M. Petit"), "UDAF": ("M. Roux", "M. Petit")}


PRESENT = {"Mme Martin": ("UFC", "present"), "M. Noir": ("CCI", "present"), "M. Roux": ("UDAF", "excused")}


def test_presences_side_by_side_are_lists_of_people(came, word):
    rows = (["Membres présents", "Membres excusés"], ["• Mme Martin, UFC\n• M. Noir, CCI", "• M. Roux, UDAF"])
    assert came(word(*rows)) == PRESENT


@pytest.mark.parametrize("merged", [("A1:B1", "C1:D1"), ()])
def test_presences_over_names_and_organisations_are_read_group_by_group(came, sheets, merged):
    rows = [
        ["Présents", None, "Excusés", None], ["Nom", "Organisme", "Nom", "Organisme"],
        ["Mme Martin", "UFC", "M. Roux", "UDAF"], ["M. Noir", "CCI", None, None],
    ]  # fmt: skip
    assert came(sheets(rows, *merged)) == PRESENT


def test_names_under_their_presence_beside_their_organisation(came, table):
    heads = ["Organisme", "Présents", "Excusés", "Absents"]
    told = came(table(heads, ["UFC", "Mme Martin", "", ""], ["CCI", "Mme Vert", "M. Noir", ""]))
    assert told == {"Mme Martin": ("UFC", "present"), "Mme Vert": ("CCI", "present"), "M. Noir": ("CCI", "excused")}


def test_counts_beside_presences_and_one_column_of_names(came, table):
    assert came(table(["Présents (2)", "Excusés (1)"], ["Mme Martin", "M. Roux"], ["M. Noir", ""])) == {
        "Mme Martin": ("", "present"), "M. Roux": ("", "excused"), "M. Noir": ("", "present"),
    }  # fmt: skip


def test_titles_in_one_column_say_the_presence_of_the_names_below(came, word):
    told = came(word(["Présents"], ["Mme Martin"], ["M. Noir"], ["Excusés"], ["M. Roux"]))
    assert [presence for _organisation, presence in told.values()] == ["present", "present", "excused"]


def test_presence_over_present_and_excused_is_a_title_of_ticks(came, sheets):
    rows = [
        ["Membre", None, "Présence", None], ["Nom", "Organisme", "Présent", "Excusé"],
        ["Mme Martin", "UFC", "x", None], ["M. Roux", "UDAF", None, "x"],
    ]  # fmt: skip
    told = came(sheets(rows, "A1:B1", "C1:D1"))
    assert told == {"Mme Martin": ("UFC", "present"), "M. Roux": ("UDAF", "excused")}


@pytest.mark.parametrize(
    ("heads", "marks", "presences"),
    [
        (["Présent", "Excusé"], [["✔", "✘"], ["✘", "✔"]], ["present", "excused"]),
        (["Présent"], [["✔"], ["✘"]], ["present", "absent"]),
        (["Présent", "Excusé"], [["✘", None], [None, "✘"]], ["present", "excused"]),
    ],
)
def test_a_cross_says_no_beside_ticks_and_is_a_tick_without_them(came, sheets, heads, marks, presences):
    rows = [["Nom", *heads], ["Mme Martin", *marks[0]], ["M. Roux", *marks[1]]]
    assert [presence for _organisation, presence in came(sheets(rows)).values()] == presences


def test_a_sheet_that_nobody_signed_does_not_say_that_all_were_absent(run, site, word):
    path = word(["Organisme", "Nom", "Émargement"], ["UFC", "Mme Martin", ""], ["UDAF", "M. Roux", ""])
    with pytest.raises(CommandError, match="Personne n’a signé"):
        run("import_attendance", str(path), unit="38", committee="clu", date="2022-03-10")


def test_an_organisation_left_empty_under_another_is_asked_about(run, site, table, tmp_path):
    path = table(["Organisme", "Nom", "Présence"], ["UFC", "Mme Martin", "P"], ["", "M. Petit", "E"])
    options = {"unit": "38", "committee": "clu", "date": "2022-03-10"}
    with pytest.raises(CommandError, match="1 question à décider"):
        run("import_attendance", str(path), explain=tmp_path / "lu.json", **options)
    assert not Attendance.objects.exists()


def test_several_people_of_one_civility_and_an_organisation_before_its_person(came, text):
    words = "Présents : MM. Noir, Petit et Roux, Mmes Vert et Blanc\nExcusés\n- UFC : Mme Martin\n"
    told = came(text(words))
    assert list(told) == ["M. Noir", "M. Petit", "M. Roux", "Mme Vert", "Mme Blanc", "Mme Martin"]
    assert told["Mme Martin"] == ("UFC", "excused")


def test_a_tick_in_place_of_a_name_is_refused(run, site, table):
    rows = (["Organisme", "Nom", "Titulaire", "Suppléant"], ["UFC", "Mme Martin", "X", ""])
    with pytest.raises(CommandError, match="cellule C2 : « X » n’est pas un nom"):
        run("import_members", str(table(*rows)), unit="38", committee="clu")


def test_represented_by_names_the_holder_and_replaced_by_the_deputy(seats, table):
    rows = (["Organisme", "Représenté par", "Suppléé par"], ["UFC", "1. Mme Martin", "M. Petit"])
    assert seats(table(*rows)) == {"UFC": ("Mme Martin", "M. Petit")}


def test_an_arrete_in_sentences_names_both(seats, text):
    words = "1° Au titre des usagers :\n- l’UFC, représentée par Mme Martin, titulaire, et M. Petit, suppléant ;\n"
    assert seats(text(words)) == {"UFC": ("Mme Martin", "M. Petit")}


def test_one_person_who_was_excused_is_read(came, text):
    told = came(text("Étaient présents : Mme Martin (UFC)\nÉtait excusé : M. Roux (UDAF).\n"))
    assert told == {"Mme Martin": ("UFC", "present"), "M. Roux": ("UDAF", "excused")}


def test_a_holder_and_a_deputy_on_one_line_are_refused(run, site, table):
    rows = (["Organisme", "Titulaire", "Présent", "Suppléant", "Présent"], ["UFC", "Mme Martin", "x", "M. Petit", ""])
    with pytest.raises(CommandError, match="cellule D1 : Cette feuille nomme le titulaire et le suppléant"):
        run("import_attendance", str(table(*rows)), unit="38", committee="clu", date="2022-03-10")
