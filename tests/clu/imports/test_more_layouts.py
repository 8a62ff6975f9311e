"""Signatures, ranks, lengths and qualities as other préfectures write them."""

from datetime import date

import pytest
from django.core.management.base import CommandError

from clu.imports.lists import told_of
from clu.models import Attendance, Mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(run, site, table):
    def members(*rows):
        run("import_members", str(table(*rows)), unit="38", committee="clu")
        return run("committee_members", unit="38", committee="clu", on="2026-06-30")

    return members


@pytest.fixture
def came(run, site, table):
    """Who came on 10 March 2022, by name."""

    def came(*rows):
        run("import_attendance", str(table(*rows)), unit="38", committee="clu", date="2022-03-10")
        rows = Attendance.objects.order_by("position")
        return {row.person: (row.organisation, row.function, row.presence) for row in rows}

    return came


@pytest.mark.parametrize(
    ("cell", "presence"),
    [
        ("signé", "present"), ("X", "present"), ("A. M.", "present"), ("✓", "present"), ("présente", "present"),
        ("excusé", "excused"), ("Excusée, pouvoir à M. Roux", "excused"), ("représentée par M. Roux", "excused"),
        ("absente", "absent"), ("absent excusé", "excused"), ("", "absent"), ("-", "absent"),
    ],
)  # fmt: skip
def test_what_stands_in_place_of_a_signature_says_who_came(came, cell, presence):
    told = came(["Organisme", "Nom et prénom", "Émargement"], ["UFC", "Mme Martin", cell], ["CCI", "M. Noir", "signé"])
    assert told == {"Mme Martin": ("UFC", "", presence), "M. Noir": ("CCI", "", "present")}


def test_a_sheet_that_follows_several_meetings_line_by_line_gives_that_of_the_day(came):
    told = came(
        ["Date", "Nom", "Organisme", "Statut"],
        ["10/03/2022", "Mme Martin", "UFC", "présent"],
        ["10/03/2022", "M. Roux", "UDAF", "absent excusé"],
        ["15/11/2022", "M. Noir", "CCI", "présent"],
    )
    assert told == {"Mme Martin": ("UFC", "", "present"), "M. Roux": ("UDAF", "", "excused")}


def test_a_presence_may_be_followed_by_a_precision_in_brackets_as_a_name_by_its_organisation(came):
    told = came(["Participants", "P / E / A"], ["Mme Martin (UFC)", "P (suppléante)"], ["M. Roux (UDAF)", "E"])
    assert told == {"Mme Martin": ("UFC", "", "present"), "M. Roux": ("UDAF", "", "excused")}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("Anne MARTIN, présidente, UFC", {"person": "Anne MARTIN", "function": "présidente", "organisation": "UFC"}),
        (
            "M. Noir (CCI), représenté par Mme Blanc",
            {"person": "M. Noir", "organisation": "CCI", "comment": "représenté par Mme Blanc"},
        ),
        ("Mme Durand, secrétaire générale", {"person": "Mme Durand", "function": "secrétaire générale"}),
        ("M. Roux, UDAF", {"person": "M. Roux", "organisation": "UDAF"}),
    ],
)
def test_a_name_of_minutes_gives_its_quality_and_its_organisation(words, told):
    assert told_of(words) == told


@pytest.mark.parametrize(
    ("heading", "cell", "until"),
    [
        ("Mandat (années)", "3", "2027-03-11"),
        ("Durée en mois", "18", "2025-09-11"),
        ("Durée du mandat", "2 ans", "2026-03-11"),
    ],
)
def test_a_bare_number_counts_in_the_unit_of_its_heading(members, heading, cell, until):
    told = members(
        ["Organisme", "Titulaire", "Nommé par arrêté du", heading], ["UFC", "Mme Martin", "12/03/2024", cell]
    )
    assert [seat["until"] for seat in told] == [until]


def test_t_and_s_say_the_holder_and_the_deputy(members):
    told = members(
        ["Comité", "Organisme", "Nom", "Prénom", "Fonction", "T/S", "Du", "Au"],
        ["CLU", "UFC", "MARTIN", "Anne", "présidente", "T", "01/01/2024", "31/12/2026"],
        ["CLU", "UFC", "PETIT", "Jean", "trésorier", "S", "01/01/2024", "31/12/2026"],
        ["COPIL", "Préfecture", "DURAND", "Luc", "SG", "T", "01/01/2024", "31/12/2026"],
    )
    assert [(seat["member"], seat["deputy"]) for seat in told] == [("Anne MARTIN", "Jean PETIT")]


def test_a_quality_under_a_name_stays_out_of_the_name(run, site, tmp_path):
    path = tmp_path / "liste.csv"
    path.write_text('Organisme;Titulaire;Suppléant\nAPF;"Mme Martin\nPrésidente";"M. Petit\nTrésorier"\n', "utf-8")
    run("import_members", str(path), unit="38", committee="clu")
    told = Mandate.objects.values_list("holder", "function", "deputy", "deputy_function").get()
    assert told == ("Mme Martin", "Présidente", "M. Petit", "Trésorier")


def test_seats_written_line_by_line_under_their_colleges_are_read(run, site, tmp_path):
    path = tmp_path / "arrete.txt"
    path.write_text(
        "Article 1er : sont nommés membres du comité local des usagers\n\n"
        "Collège des usagers\n"
        "- UFC-Que Choisir : Mme Martin (titulaire), M. Petit (suppléant)\n"
        "- UDAF (familles) : M. Roux, administrateur, titulaire ; Mme Noir, suppléante\n\n"
        "B. Élus et collectivités\n"
        "1° Association des maires : M. Blanc, jusqu’au 31 décembre 2027 ;\n"
        "2° Département : titulaire à désigner – suppléant à désigner.\n"
        "Article 2\n",
        "utf-8",
    )
    told = run("import_members", str(path), unit="38", committee="clu")
    assert (told["created"], told["asks"]) == (4, [])
    rows = Mandate.objects.order_by("member__position").values_list(
        "member__organisation", "member__college", "member__public", "holder", "function", "deputy", "ends_on"
    )
    assert list(rows) == [
        ("UFC-Que Choisir", "users", "", "Mme Martin", "", "M. Petit", None),
        ("UDAF", "users", "familles", "M. Roux", "administrateur", "Mme Noir", None),
        ("Association des maires", "elected", "", "M. Blanc", "", "", date(2027, 12, 31)),
        ("Département", "elected", "", "", "", "", None),
    ]
    assert run("import_members", str(path), unit="38", committee="clu")["created"] == 0


@pytest.mark.parametrize("year", [0, -1, 10000])
def test_what_is_no_year_is_refused_with_a_sentence(run, site, year):
    with pytest.raises(CommandError, match="n’est pas une année"):
        run("meetings", unit="38", year=year)
