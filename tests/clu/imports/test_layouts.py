"""Other layouts of arrêtés and of sheets: what a careful reader makes of them."""

import pytest
from django.core.management.base import CommandError
from openpyxl import Workbook

from clu.imports.names import NamesTold, names_in
from clu.models import Attendance

pytestmark = pytest.mark.django_db
WHO = ("organisation", "member", "deputy")


@pytest.fixture
def book(tmp_path):
    """Write a workbook: `name=rows` for each sheet."""

    def book(*, merges=(), **sheets):
        written = Workbook()
        written.remove(written.active)
        for name, rows in sheets.items():
            sheet = written.create_sheet(name)
            for row in rows:
                sheet.append(row)
        for area in merges:
            written.worksheets[0].merge_cells(area)
        path = tmp_path / "classeur.xlsx"
        written.save(path)
        return path

    return book


@pytest.fixture
def members(run, site):
    def members(path):
        run("import_members", str(path), unit="38", committee="clu")
        return run("committee_members", unit="38", committee="clu", on="2022-03-10")

    return members


@pytest.fixture
def came(run, site, tmp_path):
    def came(path):
        if isinstance(path, str):
            text, path = path, tmp_path / "compte-rendu.txt"
            path.write_text(text, encoding="utf-8")
        run("import_attendance", str(path), unit="38", committee="clu", date="2022-03-10")
        rows = Attendance.objects.order_by("position").values_list("person", "organisation", "presence")
        return list(rows)

    return came


def who(seats):
    return [tuple(seat[key] for key in WHO) for seat in seats]


def test_headings_on_two_lines_give_holder_and_deputy_their_own_first_names(members, book):
    rows = [
        ["Organisme", "Titulaire", None, None, "Suppléant", None],
        [None, "Civilité", "Nom", "Prénom", "Nom", "Prénom"],
        ["UFC", "Mme", "MARTIN", "Anne", "PETIT", "Jean"],
    ]
    seats = members(book(A=rows, merges=("B1:D1", "E1:F1", "A1:A2")))
    assert who(seats) == [("UFC", "Mme Anne MARTIN", "Jean PETIT")]


@pytest.mark.parametrize("head", ["Rôle", "Titulaire / Suppléant", "Qualité"])
def test_a_deputy_on_a_line_of_its_own_goes_with_its_holder(members, table, head):
    path = table(
        ["Organisme", "Nom", head, "Du"],
        ["UFC", "Mme A", "Titulaire", "01/01/2022"],
        ["UFC", "M. B", "Suppléant", "01/01/2022"],
        ["CCI", "M. C", "titulaire", "01/01/2022"],
        ["CCI", "Mme D", "suppléante", "01/01/2022"],
    )
    assert who(members(path)) == [("UFC", "Mme A", "M. B"), ("CCI", "M. C", "Mme D")]


def test_the_sheet_or_the_lines_of_another_committee_are_left_out(members, book):
    heads = ["Organisme", "Titulaire", "Suppléant"]
    assert who(members(book(CLU=[heads, ["UFC", "Mme A", "M. B"]], COPIL=[heads, ["SGCD", "M. C", ""]]))) == [
        ("UFC", "Mme A", "M. B")
    ]


def test_the_lines_of_another_committee_are_left_out(run, site, table):
    path = table(["Instance", "Organisme", "Titulaire"], ["CLU", "UFC", "Mme A"], ["COPIL", "SGCD", "M. C"])
    done = run("import_members", str(path), unit="38", committee="clu")
    assert (done["created"], done["left_out"][0]["why"]) == (1, "d’une autre instance : COPIL")


def test_sheets_of_two_years_are_a_question(run, site, book):
    heads = ["Organisme", "Titulaire"]
    path = book(**{"CLU 2019": [heads, ["UFC", "M. A"]], "CLU 2022": [heads, ["UFC", "Mme B"]]})
    with pytest.raises(CommandError, match="1 question à décider"):
        run("import_members", str(path), unit="38", committee="clu")


def test_telephones_and_addresses_of_members_are_left_out(run, site, table):
    path = table(
        ["Organisme", "Titulaire", "Courriel", "Téléphone", "Adresse"],
        ["UFC", "Mme Anne Martin", "a@b.fr", "04 76 00 00 00", "1 rue Haute 38000 Grenoble"],
    )
    done = run("import_members", str(path), unit="38", committee="clu")
    assert (done["created"], done["cells"]["left_out"]) == (1, 4)


@pytest.mark.parametrize(
    ("term", "until"),
    [
        ("3 ans", "2025-01-09"),
        ("36 mois renouvelables une fois", "2025-01-09"),
        ("3 ans à compter du 1er février 2022", "2025-01-31"),
        ("durée indéterminée", None),
    ],
)
def test_a_term_gives_the_last_day(members, table, term, until):
    (seat,) = members(table(["Organisme", "Titulaire", "Désigné le", "Durée"], ["UFC", "Mme A", "10/01/2022", term]))
    assert seat["until"] == until


def test_a_term_without_first_day_is_told(run, site, table):
    path = table(["Organisme", "Titulaire", "Durée du mandat"], ["UFC", "Mme A", "3 ans"])
    done = run("import_members", str(path), unit="38", committee="clu")
    assert ["ne dit pas à partir de quel jour" in one["message"] for one in done["warnings"]] == [True]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Mme A (titulaire)\nM. B (suppléant)", NamesTold("Mme A", "M. B")),
        ("Titulaire : Mme A\nSuppléante : à désigner", NamesTold("Mme A", "")),
        ("Mme A, titulaire ; M. B, suppléant", NamesTold("Mme A", "M. B")),
        ("Mme Martin\nprésidente", NamesTold("Mme Martin", function="présidente")),
        ("M. Jean de la Tour", NamesTold("M. Jean de la Tour")),
        ("Mme A\nM. B", None),
    ],
)
def test_the_people_of_one_cell(text, told):
    assert names_in(text) == told


def test_minutes_in_lines_say_who_came(came):
    text = (
        "COMPTE RENDU\n\nPrésents : Mme Anne Martin, présidente (UFC), M. Luc Roux (CCI)\n\nExcusés\n- M. Noir – AMF\n"
        "- Mairie de Vienne\n\nAbsents : néant\n\nOrdre du jour\n1. Indicateurs\n"
    )
    assert came(text) == [
        ("Mme Anne Martin", "UFC", "present"),
        ("M. Luc Roux", "CCI", "present"),
        ("M. Noir", "AMF", "excused"),
        ("", "Mairie de Vienne", "excused"),
    ]


def test_columns_of_names_are_lists(came, book):
    rows = [["Présents", "Excusés"], ["Mme Ali (UFC)", "M. Cho"], ["M. Bay", None]]
    assert came(book(A=rows)) == [
        ("Mme Ali", "UFC", "present"),
        ("M. Bay", "", "present"),
        ("M. Cho", "", "excused"),
    ]


def test_sheets_named_by_a_presence_and_sheets_of_another_day(came, book):
    heads = ["Nom", "Organisme"]
    path = book(Présents=[heads, ["Mme Ali", "UFC"]], Excusés=[heads, ["M. Bay", "CCI"]])
    assert came(path) == [("Mme Ali", "UFC", "present"), ("M. Bay", "CCI", "excused")]


def test_only_the_column_or_the_sheet_of_the_day_is_read(came, book):
    rows = [["Nom", "Organisme", "10/03/2022", "15/06/2022"], ["Mme Ali", "UFC", "P", "E"], ["M. Bay", "CCI", "E", "P"]]
    other = [["Nom", "Organisme", "Présence"], ["M. Cho", "CCI", "P"]]
    assert came(book(Suivi=rows, **{"15-06-2022": other})) == [
        ("Mme Ali", "UFC", "present"),
        ("M. Bay", "CCI", "excused"),
    ]


def test_a_sheet_that_counts_people_is_refused(came, table):
    with pytest.raises(CommandError, match="B2 : « 2 » compte des personnes"):
        came(table(["Organisme", "Présents", "Excusés"], ["UFC", "2", "0"]))
