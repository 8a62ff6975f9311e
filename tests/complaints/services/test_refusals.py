"""What a case does not allow: an extension that comes too late or goes too far, an end while the user is awaited."""

from datetime import date

import pytest
import time_machine

from complaints.enums import Channel, Outcome
from complaints.services import cases, replies
from core.base.errors import UserError
from core.record import identities
from organisations.enums import Role
from tests.organisations.factories import user_with

pytestmark = pytest.mark.django_db
RECEIVED, DUE = date(2022, 3, 4), date(2022, 3, 11)  # five working days


@pytest.fixture
def case(site):
    with time_machine.travel(RECEIVED, tick=False):
        return cases.register(
            site, channel=Channel.EMAIL, received_on=RECEIVED, by=None, person={"email": "a@example.invalid"}
        )


@pytest.mark.parametrize(
    ("today", "to", "sentence"),
    [
        (date(2022, 3, 12), date(2022, 3, 25), "une prolongation s’annonce avant"),
        (DUE, DUE, "vient après celle du 11/03/2022"),
        (DUE, date(2199, 12, 31), "dans l’année"),
    ],
)
def test_an_extension_is_promised_in_time_and_within_reason(case, today, to, sentence):
    with time_machine.travel(today, tick=False), pytest.raises(UserError, match=sentence):
        cases.extend(case, to=to, reason="Enquête en cours", by=None)
    case.refresh_from_db()
    assert (case.extended_to, case.answer_by) == (None, DUE)


def test_an_extension_is_told_to_who_can_be_reached(case):
    with time_machine.travel(DUE, tick=False):
        with pytest.raises(UserError, match="une prolongation lui est dite"):
            replies.extend(case, to=date(2022, 3, 25), reason="Enquête en cours", by=None)
        replies.extend(case, to=date(2022, 3, 25), reason="Enquête", by=None, body="Nous répondrons le 25 mars.")
    case.refresh_from_db()
    assert (case.extended_to, case.answer_by) == (date(2022, 3, 25), date(2022, 3, 25))


@time_machine.travel(date(2022, 3, 10), tick=False)
def test_a_case_does_not_end_while_its_user_is_awaited(case):
    cases.suspend(case, asked_on=date(2022, 3, 8), by=None)
    with pytest.raises(UserError, match="L’usager est attendu"):
        cases.close(case, outcome=Outcome.FOUNDED, by=None)
    cases.resume(case, replied_on=date(2022, 3, 9), by=None)
    cases.answer(case, on=date(2022, 3, 10), by=None)
    cases.close(case, outcome=Outcome.FOUNDED, by=None)
    case.refresh_from_db()
    assert (case.closed_on, case.answer_by) == (date(2022, 3, 10), date(2022, 3, 14))


@pytest.fixture
def looked_at_again(case, site):
    """A case answered by one person, and its second look."""
    first = user_with(Role.QUALITY_REFERENT, site)
    with time_machine.travel(date(2022, 3, 10), tick=False):
        cases.answer(case, on=date(2022, 3, 10), by=first)
        cases.close(case, outcome=Outcome.UNFOUNDED, by=first)
        with pytest.raises(UserError, match="après la première réponse"):
            cases.look_again(case, received_on=date(2022, 3, 9), by=first, reason="Pas d’accord")
        return first, cases.look_again(case, received_on=date(2022, 3, 10), by=first, reason="Pas d’accord")


@time_machine.travel(date(2022, 3, 14), tick=False)
def test_a_second_look_is_another_person_s_whatever_ends_it(looked_at_again, site):
    first, again = looked_at_again
    verbs = (
        lambda by: cases.answer(again, on=date(2022, 3, 14), by=by),
        lambda by: cases.close(again, outcome=Outcome.NO_FURTHER, by=by),
    )
    for verb in verbs:
        with pytest.raises(UserError, match="une autre personne"):
            verb(first)
    cases.close(again, outcome=Outcome.NO_FURTHER, by=user_with(Role.QUALITY_REFERENT, site))
    again.refresh_from_db()
    assert again.outcome == Outcome.NO_FURTHER


@time_machine.travel(date(2022, 3, 10), tick=False)
def test_a_receipt_does_not_come_after_what_was_asked_of_the_user(case):
    cases.suspend(case, asked_on=date(2022, 3, 8), by=None)
    with pytest.raises(UserError, match=r"La demande à l’usager .* précède la réception"):
        cases.sort(case, received_on=date(2022, 3, 9), by=None, reason="Tampon du courrier")
    case.refresh_from_db()
    assert case.received_on == RECEIVED


def test_what_nobody_sees_is_nothing_and_an_address_stands_on_one_line(site):
    person = {"name": "Anne\r\nBcc: tous@example.invalid", "email": "\u200b", "text": "Deux\r\nlignes"}
    case = cases.register(site, channel=Channel.EMAIL, received_on=RECEIVED, by=None, person=person)
    told = identities.read(case.identity, by=None, why="Essai")
    assert told == {"name": "Anne Bcc: tous@example.invalid", "text": "Deux\nlignes"}
