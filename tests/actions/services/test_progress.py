"""The verbs of status: what each asks for, and what it leaves behind."""

from datetime import date

import pytest
import time_machine

from actions.enums import Status
from actions.models import Action, Finding
from actions.services import actions, progress
from core import history
from core.errors import UserError

pytestmark = pytest.mark.django_db
TODAY = date(2016, 2, 10)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2016-02-10T10:00:00+01:00", tick=True):
        yield


def last_row(instance):
    return history.records_of(instance).first()


def test_an_action_is_started_then_done_with_its_day_and_a_comment(action, rq):
    progress.start(action, by=rq)
    assert action.status == Status.ONGOING
    progress.mark_done(action, done_on=date(2016, 2, 9), comment=" Faites en avril ", by=rq, reason="Vu en CLU")

    stored = Action.objects.get()
    assert (stored.status, stored.done_on, stored.comment) == (Status.DONE, date(2016, 2, 9), "Faites en avril")
    row = last_row(action)
    assert (row.status, row.history_user, row.history_change_reason) == (Status.DONE, rq, "Vu en CLU")


def test_a_finding_closes_with_its_last_action_and_opens_with_the_first_reopened(action, finding, rq):
    other = actions.add_action(finding, text="Les dépouiller", by=rq)
    progress.mark_done(action, done_on=date(2016, 2, 1), comment="Fait", by=rq)
    assert Finding.objects.get().closed_on is None
    progress.mark_done(other, done_on=date(2016, 1, 20), comment="Fait", by=rq)
    assert Finding.objects.get().closed_on == date(2016, 2, 1)
    progress.reopen(other, reason="Dépouillement incomplet", by=rq)
    assert Finding.objects.get().closed_on is None


def test_a_status_is_shared_by_twins_each_with_its_own_row(action, finding, rq):
    twin = actions.add_action(finding, text="La même", by=rq)
    twin.merged_into = action
    history.save(twin, by=rq)
    progress.abandon(twin, reason="Plus utile", by=rq)
    for one in Action.objects.all():
        row = last_row(one)
        assert (one.status, one.status_reason) == (Status.ABANDONED, "Plus utile")
        assert (row.status, row.history_change_reason, row.history_user) == (Status.ABANDONED, "Plus utile", rq)


def test_a_postponed_action_has_a_new_deadline_and_its_first_promise(action, rq):
    progress.postpone(action, deadline="T3 2016", reason="Prestataire absent", by=rq)
    action.refresh_from_db()
    assert (action.status, action.status_reason, action.move_count) == (Status.POSTPONED, "Prestataire absent", 1)
    assert (action.promised_text, action.promised_latest) == ("1er trim. 2016", date(2016, 3, 31))
    assert action.deadline_latest == date(2016, 9, 30)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda a, rq: progress.mark_done(a, done_on=None, by=rq), "Indiquez le jour où l’action a été réalisée."),
        (
            lambda a, rq: progress.mark_done(a, done_on=date(2016, 2, 11), by=rq),
            "Le 11/02/2016 n’est pas encore venu.",
        ),
        (
            lambda a, rq: progress.mark_done(a, done_on=date(2015, 10, 15), by=rq),
            "Le 15/10/2015 précède l’origine du plan « Suite à l’audit interne », le 16/10/2015.",
        ),
        (
            lambda a, rq: progress.mark_done(a, done_on=TODAY, by=rq),
            "Dites en commentaire ce qui a été fait, ou joignez une preuve.",
        ),
        (
            lambda a, rq: progress.abandon(a, reason=" ", by=rq),
            "Indiquez la raison de l’abandon : elle sera imprimée avec l’action.",
        ),
        (
            lambda a, rq: progress.postpone(a, deadline="T3 2016", reason="", by=rq),
            "Indiquez la raison du report : elle sera imprimée avec l’action.",
        ),
        (
            lambda a, rq: progress.postpone(a, deadline="dès que possible", reason="Retard", by=rq),
            "Indiquez la nouvelle échéance : un jour, une période ou une réunion.",
        ),
        (
            lambda a, rq: progress.postpone(a, deadline="15/01/2016", reason="Retard", by=rq),
            "La nouvelle échéance « 15/01/2016 » ne repousse pas l’ancienne, « 1er trim. 2016 ».",
        ),
        (
            lambda a, rq: progress.reopen(a, reason="Erreur", by=rq),
            "Cette action est « à faire » : elle ne peut pas être rouverte.",
        ),
    ],
)
def test_a_verb_refuses_in_one_sentence_and_writes_nothing(action, rq, call, sentence):
    rows = history.records_of(action).count()
    with pytest.raises(UserError) as refused:
        call(action, rq)
    assert str(refused.value) == sentence
    assert history.records_of(action).count() == rows
    assert Action.objects.get().status == Status.TODO
