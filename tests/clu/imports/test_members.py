"""The lists of arrêtés, as préfectures write them, become seats and mandates."""

from datetime import date

import pytest
from django.core.management.base import CommandError

from clu.models import Committee, Mandate, Member, MembersImport
from tests.clu.factories import CommitteeFactory, MandateFactory, MemberFactory

pytestmark = pytest.mark.django_db
HEADS = ["Organisme", "Titulaire", "Suppléant", "Fonction", "Désigné le", "Du", "Au", "Public représenté"]
UFC = [
    "UFC-Que Choisir",
    "Mme Martin",
    "M. Petit",
    "Présidente",
    "10/01/2022",
    "15/01/2022",
    "14/01/2025",
    "consommateurs",
]
AMF = ["Association des maires", "à désigner", "", "", "", "", "", "élus"]


@pytest.fixture
def members(run, site):
    def members(path, **options):
        return run("import_members", str(path), unit="38", committee="clu", **options)

    return members


@pytest.fixture
def seats(run):
    def seats(on="2022-03-10"):
        return run("committee_members", unit="38", committee="clu", on=on)

    return seats


def test_a_file_creates_the_committee_and_its_seats_and_the_same_file_again_changes_nothing(members, seats, table):
    path = table(HEADS, UFC, AMF)
    done = members(path)
    assert {key: done[key] for key in ("created", "changed", "unchanged")} == {
        "created": 2,
        "changed": 0,
        "unchanged": 0,
    }
    assert seats() == [
        {
            "organisation": "UFC-Que Choisir",
            "member": "Mme Martin",
            "deputy": "M. Petit",
            "appointed_on": "2022-01-10",
            "until": "2025-01-14",
            "status": "active",
        },
        {
            "organisation": "Association des maires",
            "member": None,
            "deputy": None,
            "appointed_on": None,
            "until": None,
            "status": "vacant",
        },
    ]
    again = members(path)
    assert {key: again[key] for key in ("created", "changed", "unchanged")} == {
        "created": 0,
        "changed": 0,
        "unchanged": 2,
    }
    assert Committee.objects.get().kind == "clu"
    assert Member.objects.get(organisation="UFC-Que Choisir").public == "consommateurs"


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2024-10-15", "active"),
        ("2024-10-16", "expiring"),
        ("2025-01-14", "expiring"),
        ("2025-01-15", "expired"),
    ],
)
def test_the_last_day_of_a_mandate_still_counts_and_ninety_days_before_it_is_told(members, seats, table, on, status):
    members(table(HEADS, UFC))
    assert [seat["status"] for seat in seats(on)] == [status]


def test_a_seat_that_nobody_holds_is_vacant_whatever_its_dates(members, seats, table):
    members(table(HEADS, ["CCI", "vacant", "M. Roux", "", "", "01/01/2019", "31/12/2021", ""]))
    assert [(seat["status"], seat["deputy"], seat["until"]) for seat in seats()] == [
        ("vacant", "M. Roux", "2021-12-31")
    ]


def test_a_seat_is_not_there_before_its_first_mandate(members, seats, table):
    members(table(HEADS, UFC))
    assert seats("2021-12-31") == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            [["Structure", "Représentant titulaire", "Représentant suppléant", "Date de désignation", "Fin de mandat"],
             ["UDAF", "M. Jean Dupont", "Mme Rose", "1er mars 2022", "28/02/2025"]],
            ("UDAF", "M. Jean Dupont", "Mme Rose", "2022-03-01", "2025-02-28"),
        ),
        (
            [["N°", "Organisme", "Civilité", "Nom", "Prénom", "Qualité", "Arrêté", "Mandat"],
             ["1", "CPAM", "Mme", "DURAND", "Lise", "Directrice", "Arrêté n° 2022-12 du 4 avril 2022", "3 ans"]],
            ("CPAM", "Mme Lise DURAND", None, "2022-04-04", "2025-04-03"),
        ),
        (
            [["Association", "Membre titulaire", "Membre suppléant", "Période du mandat"],
             ["APF", "Mme Ly", "en cours de désignation", "2022-2024"]],
            ("APF", "Mme Ly", None, "2022-01-01", "2024-12-31"),
        ),
        (
            [["Organisme représenté", "Nom et prénom du titulaire", "Nommé le", "Expire le"],
             ["Secours populaire", "Ben Amar", "2022-02-01", "2024-01-31"]],
            ("Secours populaire", "Ben Amar", None, "2022-02-01", "2024-01-31"),
        ),
    ],
)  # fmt: skip
def test_many_layouts_of_arretes_are_read(members, seats, table, rows, told):
    members(table(*rows))
    (seat,) = seats("2023-01-01")
    assert tuple(seat[key] for key in ("organisation", "member", "deputy", "appointed_on", "until")) == told


def test_a_title_between_the_lines_is_the_college(members, table):
    members(table(HEADS, ["Collège des élus", *[""] * 7], [*AMF[:7], ""], ["Collège des usagers", *[""] * 7], UFC))
    assert list(Member.objects.values_list("organisation", "college")) == [
        ("Association des maires", "elected"),
        ("UFC-Que Choisir", "users"),
    ]


def test_two_people_named_for_the_same_days_hold_two_seats(members, table):
    members(table(HEADS, UFC, ["UFC-Que Choisir", "M. Noir", "", "", *UFC[4:]]))
    assert Member.objects.filter(organisation="UFC-Que Choisir").count() == 2


def test_a_mandate_that_begins_while_another_runs_is_refused_at_its_cell(members, table):
    second = ["UFC-Que Choisir", "M. Noir", "", "", "01/06/2023", "01/06/2023", "31/05/2026", ""]
    with pytest.raises(
        CommandError, match="F3 : Ce mandat en chevauche un autre de « UFC-Que Choisir », du 15/01/2022"
    ):
        members(table(HEADS, UFC, second))
    assert (Committee.objects.count(), MembersImport.objects.count()) == (0, 0)


def test_a_mandate_that_overlaps_a_stored_one_is_refused(members, table):
    members(table(HEADS, UFC))
    later = ["UFC-Que Choisir", "M. Noir", "", "", "01/06/2023", "01/06/2023", "31/05/2026", ""]
    with pytest.raises(CommandError, match="chevauche"):
        members(table(HEADS, later))
    assert Mandate.objects.count() == 1


def test_the_next_mandate_of_a_seat_follows_the_last_one(members, seats, table):
    members(table(HEADS, UFC))
    members(table(HEADS, ["UFC-Que Choisir", "M. Noir", "", "", "", "15/01/2025", "14/01/2028", ""]))
    assert Member.objects.count() == 1
    assert [[seat["member"] for seat in seats(day)] for day in ("2025-01-14", "2025-01-15")] == [
        ["Mme Martin"],
        ["M. Noir"],
    ]


def test_a_seat_left_to_appoint_is_filled_by_the_next_list(members, seats, table):
    members(table(HEADS, AMF))
    done = members(table(HEADS, ["Association des maires", "M. Blanc", "", "", "01/02/2022", "", "", ""]))
    assert (done["created"], done["changed"]) == (0, 1)
    assert [(seat["member"], seat["status"]) for seat in seats()] == [("M. Blanc", "active")]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (["CCI", "M. Roux", "", "", "", "01/01/2025", "31/12/2024", ""], "finit le 31/12/2024, avant de commencer"),
        (["CCI", "M. Roux", "", "", "31/02/2022", "", "", ""], "E2 : Le 31 février 2022 n’existe pas"),
    ],
)
def test_what_cannot_be_is_refused_at_its_cell(members, table, row, message):
    with pytest.raises(CommandError, match=message):
        members(table(HEADS, row))


def test_an_unknown_committee_or_site_is_refused_with_a_sentence(run, site, table):
    with pytest.raises(CommandError, match="« clq » n’est pas une instance : écrivez clu, copil, clac"):
        run("import_members", str(table(HEADS, UFC)), unit="38", committee="clq")
    with pytest.raises(CommandError, match="Aucun site n’a le code « 99 »"):
        run("import_members", str(table(HEADS, UFC)), unit="99", committee="clu")
    with pytest.raises(CommandError, match="n’a pas d’instance « copil »"):
        run("committee_members", unit="38", committee="copil")


def test_the_seats_of_a_day_are_read_in_three_queries(run, site, django_assert_num_queries):
    committee = CommitteeFactory(site=site)
    for _ in range(3):
        MandateFactory(member=MemberFactory(committee=committee), ends_on=date(2024, 1, 1))
    with django_assert_num_queries(4):
        assert len(run("committee_members", unit="38", committee="clu", on="2023-01-01")) == 3
