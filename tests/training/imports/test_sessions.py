"""Tables of sessions: enrolments with their states, seats, themes covered, unknown people."""

import pytest

from training.enums import Attendance
from training.models import Agent, Course, Enrolment, Session

HEADS = ["Formation", "Thème", "Date de début", "Date de fin", "Lieu", "Places", "Agent", "Statut"]
AGENTS = ["Agent", "Service", "Thème", "Prise de poste"]
CONFLICTS = ["Gestion des conflits", "Accueil physique", "12/05/2022", "13/05/2022", "Lyon", "2"]


@pytest.fixture
def known(send):
    send(
        AGENTS,
        ["DUPONT Jean-Pierre", "ACC", "Accueil physique", "01/09/2015"],
        ["MARTIN Léa", "ACC", "Accueil physique", "01/09/2015"],
    )


def test_presence_counts_for_the_theme_and_the_balance_counts_people_by_course(send, known, due, balance):
    code, told, refusal = send(
        HEADS,
        [*CONFLICTS, "jean pierre Dupont", "présent"],
        [*CONFLICTS, "Martin Léa", "absente excusée"],
    )

    assert (code, refusal, told["kind"], told["created"]) == (0, "", "sessions", 2)
    assert due("2022-06-01") == {
        ("DUPONT Jean-Pierre", "Accueil physique"): ("up_to_date", "2026-05-13"),
        ("MARTIN Léa", "Accueil physique"): ("overdue", "2016-09-01"),
    }
    assert balance(2022) == {
        "concerned": {"Accueil physique": 2},
        "to_train": {"Accueil physique": 2},
        "trained": {"Gestion des conflits": 1},
        "agreements": {},
    }


def test_the_same_file_again_changes_nothing_and_a_state_moves(send, known):
    send(HEADS, [*CONFLICTS, "Martin Léa", "inscrite"])
    assert send(HEADS, [*CONFLICTS, "Martin Léa", "inscrite"])[1]["unchanged"] == 1

    assert send(HEADS, [*CONFLICTS, "Martin Léa", "présente"])[1]["changed"] == 1
    assert (Course.objects.count(), Session.objects.count()) == (1, 1)
    assert [row.state for row in Enrolment.objects.all()] == [Attendance.PRESENT]


@pytest.mark.parametrize(
    ("rows", "cell", "words"),
    [
        ([[*CONFLICTS, name, "inscrit"] for name in ("Martin Léa", "Dupont Jean-Pierre", "Petit Zoé")], "G4",
         "« Gestion des conflits, du 12/05/2022 au 13/05/2022 » a 2 places : cet agent serait le 3e."),
        ([[*CONFLICTS[:3], "11/05/2022", "Lyon", "2", "Martin Léa", "présente"]], "D2",
         "La fin (11/05/2022) précède le début (12/05/2022)."),
        ([[*CONFLICTS[:2], "12/05/2099", "13/05/2099", "Lyon", "2", "Martin Léa", "présente"]], "H2",
         "La session du 12/05/2099 est à venir : elle ne compte qu’une fois suivie."),
        ([[*CONFLICTS, "Martin Léa", "présente"], [*CONFLICTS, "Léa MARTIN", "absente"]], "G3",
         "Cet agent est déjà dit « Présent » à la ligne 2."),
        ([[*CONFLICTS[:2], "32/01/2022", "", "Lyon", "2", "Martin Léa", "présente"]], "C2",
         "Le 32 janvier 2022 n’existe pas."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_at_its_cell(send, known, rows, cell, words):
    code, told, _ = send(HEADS, *rows)

    assert code == 1
    assert (cell, words) in [(error["cell"], error["message"]) for error in told["errors"]]
    assert Session.objects.count() == 0


def test_sessions_to_come_are_told_without_anybody(send):
    code, told, _ = send(
        ["Intitulé de la formation", "Date", "Lieu", "Nombre de places", "Thème"],
        ["Langue des signes", "12/05/2099", "Grenoble", "12", "Accueil physique"],
    )

    assert (code, told["created"], Session.objects.get().seats) == (0, 1, 12)


def test_somebody_unknown_is_added_with_a_warning_and_somebody_nearly_known_is_asked_about(send, known):
    code, told, _ = send(HEADS, [*CONFLICTS, "Petit Zoé", "présente"])
    assert (code, told["warnings"][0]["cell"]) == (0, "G2")
    assert Agent.objects.filter(last_name="Petit").count() == 1

    code, told, _ = send(HEADS, [*CONFLICTS, "Dupond Jean-Pierre", "présent"])
    assert (code, [option["label"] for option in told["asks"][0]["options"]]) == (
        3,
        ["DUPONT Jean-Pierre, Accueil général, depuis le 01/09/2015", "une autre personne, à ajouter"],
    )


def test_a_table_without_states_is_asked_about(send, known):
    code, told, _ = send(HEADS[:7], [*CONFLICTS, "Martin Léa"])

    assert (code, told["asks"][0]["question"]) == (
        3,
        "Ce tableau ne dit pas où en sont les inscriptions : que sont ses agents ?",
    )
