"""The sentences of the pages of plans."""

from datetime import UTC, date, datetime

import pytest

from actions.enums import Effectiveness, Status
from actions.models import Action
from actions.rules import words
from actions.rules.deadlines import Move
from core.models import Notice
from core.time.fuzzy_dates import FuzzyDate

DAY = date(2026, 3, 9)
NOON = datetime(2026, 3, 9, 11, tzinfo=UTC)


def test_the_weekly_message_tells_its_days_in_the_right_number():
    assert words.weekly_message(weekday="lundi", days_before=1, escalate_after=30, next_day=DAY) == (
        "Chaque lundi, chaque personne reçoit au plus un message : ses actions en retard, celles de la semaine, "
        "et celles à venir dans les 1 jour. Au-delà de 30 jours de retard, le chef au-dessus est prévenu. "
        "Prochain envoi le 09/03/2026."
    )
    told = words.weekly_message(weekday="mardi", days_before=14, escalate_after=1, next_day=None)
    assert told.endswith("dans les 14 jours. Au-delà de 1 jour de retard, le chef au-dessus est prévenu.")


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (1, "On ne la rappelle plus chaque semaine : une ligne du message la signale."),
        (2, "On ne les rappelle plus chaque semaine : une seule ligne du message les compte."),
    ],
)
def test_what_is_no_longer_reminded_is_to_be_decided(number, told):
    assert words.no_longer_reminded(number) == f"{told} Reportez ou abandonnez, avec la raison."


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"sent_at": NOON, "tried_at": NOON}, "parti le 09/03/2026 à 12:00"),
        ({"tried_at": NOON}, "remis au serveur de messagerie, sans réponse"),
        ({"error": "550"}, "refusé, nouvel essai prévu"),
        ({}, "en attente d’envoi"),
    ],
)
def test_a_message_stands_somewhere(fields, told):
    assert words.delivery(Notice(**fields)) == told


@pytest.mark.parametrize(
    ("fields", "day", "told"),
    [
        ({"status": Status.DONE, "done_on": DAY}, DAY, "le 09/03/2026"),
        ({"status": Status.DONE}, DAY, "jour inconnu, échéance au 09/03/2026"),
        ({"status": Status.DONE}, None, "jour inconnu"),
        ({"status": Status.ONGOING}, DAY, "pour le 09/03/2026"),
        ({"status": Status.ONGOING}, None, ""),
    ],
)
def test_an_action_is_placed_by_the_day_it_was_done_or_due(fields, day, told):
    assert words.placed(Action(**fields), day) == told


def test_what_has_no_day_agrees_in_number():
    assert [words.in_no_quarter(number) for number in (1, 2)] == [
        "n’est dans aucun trimestre.",
        "ne sont dans aucun trimestre.",
    ]
    assert [words.in_the_year_only(number) for number in (1, 2)] == [
        "Elle compte dans l’année et dans aucun trimestre.",
        "Elles comptent dans l’année et dans aucun trimestre.",
    ]


@pytest.mark.parametrize(
    ("who", "reason", "drift", "told"),
    [
        (
            "Camille Roux",
            "Le marché est retardé",
            91,
            " (+91 jours), le 09/03/2026 par Camille Roux : « Le marché est retardé »",
        ),
        (None, "", None, ", le 09/03/2026 par le système"),
    ],
)
def test_a_deadline_moved_by_somebody_for_a_reason(who, reason, drift, told):
    move = Move(old=FuzzyDate(), new=FuzzyDate(), who=who, when=NOON, reason=reason, drift_days=drift)
    assert words.moved(move).replace("\u202f", " ").replace("\xa0", " ") == told


def test_a_review_is_awaited_or_told():
    assert words.review(Action(review_due_on=DAY)) == "à vérifier le 09/03/2026"
    effective = Effectiveness.choices[0]
    assert (
        words.review(Action(review_result=effective[0], reviewed_on=DAY)) == f"{effective[1]}, vérifiée le 09/03/2026"
    )


def test_pairs_of_twins_are_counted():
    assert [words.proposed(number) for number in (0, 1, 3)] == [
        "Aucun rapprochement à proposer",
        "1 rapprochement proposé",
        "3 rapprochements proposés",
    ]
