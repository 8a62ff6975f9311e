"""The verbs of status: what each asks for, and what it leaves behind."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from actions.enums import Status
from actions.models import Action, Finding
from actions.services import actions, findings, plans, progress
from core.base.errors import UserError
from core.record import history
from tests.actions.factories import ProofFactory

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


@pytest.mark.parametrize(
    ("status", "told", "expected"),
    [
        ("ongoing", {}, ("ongoing", None, "")),
        ("done", {"comment": "Fait"}, ("done", TODAY, "Fait")),
        ("done", {"comment": "Fait", "done_on": date(2016, 1, 5)}, ("done", date(2016, 1, 5), "Fait")),
        ("postponed", {"deadline": "T3 2016", "reason": "Budget"}, ("postponed", None, "")),
        ("abandoned", {"reason": "Sans objet", "comment": "Vu"}, ("abandoned", None, "Vu")),
        ("todo", {"comment": "Devis demandé"}, ("todo", None, "Devis demandé")),
    ],
)
def test_a_head_reports_in_as_few_words_as_the_status_allows(action, rq, status, told, expected):
    progress.report_progress(action, status=status, by=rq, **told)
    stored = Action.objects.get()
    assert (stored.status, stored.done_on, stored.comment) == expected


def test_nothing_said_writes_nothing(action, rq):
    progress.report_progress(action, status="todo", by=rq, comment=" ")
    assert history.records_of(action).count() == 1


def test_a_status_that_no_verb_leads_to_is_refused(action, rq):
    progress.start(action, by=rq)
    progress.mark_done(action, done_on=TODAY, comment="Fait", by=rq)
    with pytest.raises(UserError) as refused:
        progress.report_progress(action, status="todo", by=rq)
    assert str(refused.value) == "Cette action est « réalisée » : elle ne peut pas devenir « à faire »."


def test_an_action_started_by_mistake_is_put_back(action, rq):
    progress.start(action, by=rq, comment="Commencé")
    progress.put_back(action, by=rq)
    assert (action.status, action.comment) == (Status.TODO, "Commencé")


def test_a_proof_stands_for_the_comment_and_that_of_a_twin_too(action, finding, rq):
    twin = actions.add_action(finding, text="Idem", by=rq)
    twin.merged_into = action
    history.save(twin, by=rq)
    ProofFactory(action=twin)
    progress.mark_done(action, done_on=TODAY, by=rq)
    assert set(Action.objects.values_list("status", "done_on")) == {(Status.DONE, TODAY)}


def test_a_day_before_the_plan_of_a_twin_is_refused(site, action, rq):
    other = plans.create_plan(site=site, title="Externe", origin="external_audit", origin_on=date(2016, 1, 15), by=rq)
    twin = actions.add_action(findings.add_finding(other, text="Idem", by=rq), text="", by=rq)
    twin.merged_into = action
    history.save(twin, by=rq)
    with pytest.raises(UserError) as refused:
        progress.mark_done(action, done_on=date(2016, 1, 14), comment="Fait", by=rq)
    assert str(refused.value) == "Le 14/01/2016 précède l’origine du plan « Externe », le 15/01/2016."


def test_a_postponement_carries_its_deadline_to_the_twins_each_with_its_ledger(action, finding, rq):
    twin = actions.add_action(finding, text="Idem", deadline="30/04/2016", by=rq)
    twin.merged_into = action
    history.save(twin, by=rq)
    progress.postpone(twin, deadline="T3 2016", reason="Budget", by=rq)
    for one, promised in ((action, "1er trim. 2016"), (twin, "30/04/2016")):
        stored = Action.objects.get(pk=one.pk)
        assert (stored.deadline_text, stored.promised_text, stored.move_count) == ("T3 2016", promised, 1)


def test_a_document_gives_its_status_whatever_it_leaves_out_at_its_day(action, finding, rq):
    day = datetime(2016, 2, 10, 8, tzinfo=UTC)
    with time_machine.travel("2026-11-20T10:00:00+01:00"):
        progress.take_over(action, status="done", by=rq, effective_at=day, comment=" FAIT ", reason="Import")
    stored = Action.objects.get()
    assert (stored.status, stored.done_on, stored.comment) == (Status.DONE, None, "FAIT")
    assert Finding.objects.get().closed_on == date(2016, 2, 10)
    with pytest.raises(UserError, match="Seule une action réalisée"):
        progress.take_over(action, status="todo", done_on=TODAY, by=rq, effective_at=day)
