"""What a case does not allow: an extension that comes too late or goes too far, an end while the user is awaited."""

from datetime import date

import pytest
import time_machine

from complaints.enums import Channel, Outcome
from complaints.services import cases, replies
from core.base.errors import UserError

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
