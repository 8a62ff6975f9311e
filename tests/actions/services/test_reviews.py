"""Did it work? The review of an action, some months after it was done."""

from datetime import date

import pytest
import time_machine

from actions.enums import Status
from actions.models import Action, Finding
from actions.services import progress, reviews
from core.base.errors import UserError
from core.record import history

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(action, rq):
    with time_machine.travel("2016-03-01T10:00:00+01:00"):
        progress.mark_done(action, done_on=date(2016, 2, 29), comment="Fait", by=rq)
    return action


def test_a_review_is_asked_some_months_after_the_action_was_done(done, rq):
    reviews.ask_review(done, months=12, by=rq)
    assert Action.objects.get().review_due_on == done.review_due_on == date(2017, 2, 28)


def test_an_effective_action_stays_done(done, rq):
    reviews.ask_review(done, months=6, by=rq)
    with time_machine.travel("2016-09-02T10:00:00+02:00"):
        reviews.review(done, result="effective", comment=" 98 % d’appels aboutis ", by=rq)
    stored = Action.objects.get()
    assert (stored.status, stored.review_result, stored.reviewed_on, stored.review_comment, stored.review_due_on) == (
        Status.DONE, "effective", date(2016, 9, 2), "98 % d’appels aboutis", None,
    )  # fmt: skip


def test_an_action_without_effect_is_open_again_with_its_finding(done, rq):
    assert Finding.objects.get().closed_on == date(2016, 2, 29)
    reviews.review(done, result="ineffective", comment="Aucun changement", by=rq)
    stored = Action.objects.get()
    assert (stored.status, stored.done_on, stored.review_result) == (Status.ONGOING, None, "ineffective")
    assert done.status == Status.ONGOING
    assert Finding.objects.get().closed_on is None
    reasons = [row.history_change_reason for row in history.records_of(done)[:2]]
    assert reasons == ["Sans effet à la vérification : Aucun changement", "Aucun changement"]


def test_asking_again_forgets_the_former_result(done, rq):
    reviews.review(done, result="effective", comment="Oui", by=rq)
    reviews.ask_review(done, months=6, by=rq)
    stored = Action.objects.get()
    assert (stored.review_result, stored.reviewed_on, stored.review_comment) == ("", None, "")


def test_a_reopened_action_waits_for_no_review(done, rq):
    reviews.ask_review(done, months=6, by=rq)
    progress.reopen(done, reason="Erreur", by=rq)
    assert Action.objects.get().review_due_on is None


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda a, rq: reviews.ask_review(a, months=0, by=rq), "Choisissez de 1 à 60 mois."),
        (
            lambda a, rq: reviews.review(a, result="bof", comment="Vu", by=rq),
            "Dites si l’action est efficace ou sans effet.",
        ),
        (lambda a, rq: reviews.review(a, result="effective", comment=" ", by=rq), "Dites ce que vous avez constaté."),
    ],
)
def test_a_review_that_says_nothing_is_refused(done, rq, call, sentence):
    with pytest.raises(UserError) as refused:
        call(done, rq)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    "call",
    [
        lambda a, rq: reviews.ask_review(a, months=6, by=rq),
        lambda a, rq: reviews.review(a, result="effective", comment="Vu", by=rq),
    ],
)
def test_only_a_done_action_is_reviewed(action, rq, call):
    with pytest.raises(UserError, match="Seule l’efficacité d’une action réalisée se vérifie"):
        call(action, rq)
