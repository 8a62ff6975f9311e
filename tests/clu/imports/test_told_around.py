"""What titles, groups and neighbouring words say of the lines: read with them, or asked about."""

from datetime import date

import pytest
from django.core.management.base import CommandError

from clu.imports.attendance import AttendanceFile
from clu.models import Attendance, AttendanceImport, Mandate
from core.importing import engine
from core.sheets.reading.bounded import read

pytestmark = pytest.mark.django_db
ON = {"unit": "38", "committee": "clu", "date": "2022-03-10"}


@pytest.fixture
def mandates(run, site, table):
    """The mandates of a table, by organisation."""

    def mandates(*rows):
        run("import_members", str(table(*rows)), unit="38", committee="clu")
        return {one.member.organisation: one for one in Mandate.objects.select_related("member")}

    return mandates


@pytest.fixture
def came(run, site, tmp_path, table):
    """Who came, by person or organisation: from a table of rows, or from a text."""

    def came(*content):
        path = table(*content) if isinstance(content[0], list) else tmp_path / "compte-rendu.txt"
        if isinstance(content[0], str):
            path.write_text(content[0], encoding="utf-8")
        run("import_attendance", str(path), **ON)
        return {row.person or row.organisation: str(row.presence) for row in Attendance.objects.all()}

    return came


def test_a_college_written_once_is_that_of_the_lines_under_it(mandates):
    heads = ["Collège", "Organisme", "Titulaire"]
    told = mandates(
        heads, ["Usagers", "UFC", "Mme A"], ["", "UDAF", "M. B"], ["Élus", "Vif", "M. C"], ["", "Uriage", "D"]
    )
    assert {name: one.member.college for name, one in told.items()} == {
        "UFC": "users", "UDAF": "users", "Vif": "elected", "Uriage": "elected",
    }  # fmt: skip


def test_a_college_written_on_each_line_is_not_that_of_the_line_that_lacks_it(mandates):
    told = mandates(["Collège", "Organisme"], ["Usagers", "UFC"], ["Usagers", "UDAF"], ["", "Vif"])
    assert told["Vif"].member.college == ""


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("Mme Martin (suppléant : M. Petit)", ("Mme Martin", "", "M. Petit")),
        ("Mme Martin (suppléante : à désigner)", ("Mme Martin", "", "")),
        ("Mme Martin - suppléant M. Petit", ("Mme Martin", "", "M. Petit")),
        ("Mme Rose, directrice, ou sa suppléante Mme Or", ("Mme Rose", "directrice", "Mme Or")),
        ("En attente", ("", "", "")),
        ("démissionnaire", ("", "", "")),
    ],
)
def test_who_holds_and_who_replaces_in_one_cell(mandates, cell, told):
    one = mandates(["Organisme", "Représentant"], ["UFC", cell])["UFC"]
    assert (one.holder, one.function, one.deputy) == told


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("CLU – mandat du 01/02/2022 au 31/01/2025", (None, date(2022, 2, 1), date(2025, 1, 31))),
        ("Membres (arrêté du 1er février 2022)", (date(2022, 2, 1), date(2022, 2, 1), None)),
        ("Arrêté du 01/02/2022 modifié le 03/04/2023", (None, None, None)),
    ],
)
def test_a_title_tells_the_days_that_no_column_tells(mandates, title, days):
    one = mandates([title], ["Organisme", "Titulaire"], ["UFC", "Mme Martin"])["UFC"]
    assert (one.appointed_on, one.starts_on, one.ends_on) == days


def test_a_term_since_the_arrete_begins_the_day_of_the_arrete(mandates):
    one = mandates(
        ["Organisme", "Titulaire", "Arrêté", "Durée"],
        ["UFC", "Mme A", "AP du 01/02/2022", "3 ans à compter de l’arrêté"],
    )
    assert (one["UFC"].starts_on, one["UFC"].ends_on) == (date(2022, 2, 1), date(2025, 1, 31))


def test_a_deputy_to_appoint_after_a_ranked_holder_is_no_part_of_the_name(run, site, tmp_path):
    path = tmp_path / "arrete.txt"
    path.write_text("Collège des usagers\nUDAF : M. Jean ROUX (titulaire), suppléant à désigner\n", encoding="utf-8")
    run("import_members", str(path), unit="38", committee="clu")
    assert [(one.holder, one.deputy) for one in Mandate.objects.all()] == [("M. Jean ROUX", "")]


def test_another_presence_named_under_present_is_that_one(came):
    rows = (
        ["Nom", "Organisme", "Présent"],
        ["Mme A", "UFC", "Oui"],
        ["M. B", "UDAF", "Excusé"],
        ["M. C", "CCI", "Non"],
    )
    assert came(*rows) == {"Mme A": "present", "M. B": "excused", "M. C": "absent"}


def test_titles_in_both_genders_and_of_organisations_head_their_lists(came):
    assert came("Organismes présents :\n- UFC\nExcusé·e·s :\n- UDAF\nAbsent(e)s : M. Gris.\n") == {
        "UFC": "present", "UDAF": "excused", "M. Gris": "absent",
    }  # fmt: skip


def test_absent_and_not_excused_is_a_title_not_a_person(came):
    rows = (["Nom", "Organisme"], ["EXCUSÉS", ""], ["M. B", "UDAF"], ["ABSENTS NON EXCUSÉS", ""], ["M. C", "CCI"])
    assert came(*rows) == {"M. B": "excused", "M. C": "absent"}


def test_organisations_one_after_another_are_one_each(came):
    assert came("Présents : UFC, UDAF et CCI\nExcusés : Anne Martin, Paul Petit\n") == {
        "UFC": "present", "UDAF": "present", "CCI": "present", "Anne Martin": "excused", "Paul Petit": "excused",
    }  # fmt: skip


def test_a_sheet_to_sign_says_titulaire_and_excuse_without_being_headings(came):
    heads = ["N°", "Organisme", "Nom et prénom", "Qualité", "Signature"]
    rows = (["1", "UFC", "MARTIN Anne", "titulaire", "signé"], ["2", "UDAF", "ROUX Jean", "titulaire", "excusé"])
    assert came(heads, *rows) == {"MARTIN Anne": "present", "ROUX Jean": "excused"}


def test_a_power_given_stays_beside_the_presence(came):
    came(["Nom", "Présence"], ["M. B", "excusé (pouvoir à Mme A)"])
    assert Attendance.objects.get().comment == "excusé (pouvoir à Mme A)"


def test_a_title_of_another_day_is_asked_about(run, site, table):
    rows = (["Émargement du CLU du 25 juin 2019"], ["Nom", "Organisme", "Émargement"], ["Mme A", "UFC", "✔"])
    with pytest.raises(CommandError, match="1 question à décider"):
        run("import_attendance", str(table(*rows)), **ON)
    assert not Attendance.objects.exists()


@pytest.mark.parametrize("title", ["CLU du 10 mars 2022", "CLU – mars 2022", "CLU, liste éditée le 01/03/2022"])
def test_a_title_of_the_day_or_of_no_meeting_is_not(came, title):
    assert came([title], ["Nom", "Émargement"], ["Mme A", "✔"]) == {"Mme A": "present"}


def test_the_preview_says_presences_and_colleges_in_words_and_names_the_person(site, tmp_path):
    path = tmp_path / "feuille.csv"
    path.write_text("Nom;Organisme;Présent\nM. Noir;;Non\n", encoding="utf-8")
    record = AttendanceImport(site=site, kind="clu", held_on=date(2022, 3, 10))
    (line,) = engine.plan_book(AttendanceFile, record, read(path, name=path.name)).lines
    assert (line.label, [change.after for change in line.changes]) == ("M. Noir", ["M. Noir", "Absent"])


def test_a_presence_beside_the_organisation_is_that_of_the_person(came):
    told = came(
        "Présents : Mme A (UFC), M. Roux (UDAF, excusé)\nÉtaient représentés :\n- M. Noir (CCI) par Mme Blanc\n"
    )
    assert told == {"Mme A": "present", "M. Roux": "excused", "M. Noir": "excused"}
    assert Attendance.objects.get(person="M. Noir").comment == "par Mme Blanc"


def test_excused_or_absent_is_refused_at_its_line(run, site, tmp_path):
    path = tmp_path / "cr.txt"
    path.write_text("Présents :\n- Mme A (UFC)\nÉtaient excusés ou absents :\n- M. Noir (CCI)\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"ligne 3 : .* ne dit pas qui était excusé"):
        run("import_attendance", str(path), **ON)


def test_an_arrete_says_the_term_in_an_article_and_a_post_for_a_name(run, site, tmp_path):
    path = tmp_path / "arrete.txt"
    path.write_text(
        "Collège des élus\n- Vif : le maire ou son représentant\n"
        "Article 2 : Les membres sont nommés pour une durée de trois ans à compter du 1er février 2022.\n",
        encoding="utf-8",
    )
    run("import_members", str(path), unit="38", committee="clu")
    one = Mandate.objects.get()
    assert (one.holder, one.starts_on, one.ends_on) == (
        "le maire ou son représentant", date(2022, 2, 1), date(2025, 1, 31),
    )  # fmt: skip
