"""One change made to many actions: one history row each, all or nothing."""

from datetime import date

import pytest

from actions.enums import Status
from actions.models import Action
from actions.rules.responsibles import Responsible
from actions.services import actions, bulk, progress, responsibles
from actions.services.bulk import BulkRefused
from core.record import history

pytestmark = pytest.mark.django_db


@pytest.fixture
def several(finding, rq):
    return [actions.add_action(finding, text=f"Action {n}", deadline="fin 2016", by=rq) for n in range(3)]


def statuses() -> set[str]:
    return set(Action.objects.values_list("status", flat=True))


def test_each_action_gets_the_change_and_its_own_row(several, rq):
    done = {"done_on": date(2016, 2, 1), "comment": "Vu en réunion", "reason": "Réunion de service"}
    assert bulk.change(several, by=rq, verb="mark_done", **done) == 3
    assert statuses() == {Status.DONE}
    for action in several:
        row = history.last_change(action)
        assert (row.history_user, row.history_change_reason, row.status) == (rq, "Réunion de service", "done")
        assert history.records_of(action).count() == 2


def test_when_one_refuses_nothing_is_written_and_each_refusal_is_told(several, rq):
    progress.abandon(several[1], reason="Sans objet", by=rq)
    rows = Action.history.count()
    with pytest.raises(BulkRefused) as refused:
        bulk.change(several, by=rq, verb="start")
    assert str(refused.value) == "Rien n’a été enregistré : une action sur 3 refuse ce changement."
    assert [(problem.action, problem.message) for problem in refused.value.problems] == [
        (several[1], "Cette action est « abandonnée » : elle ne peut pas être commencée."),
    ]
    assert (statuses(), Action.history.count()) == ({Status.TODO, Status.ABANDONED}, rows)


def test_several_refusals_are_counted(several, rq):
    with pytest.raises(BulkRefused, match="3 actions sur 3 refusent ce changement"):
        bulk.change(several, by=rq, verb="reopen", reason="Erreur")


def test_two_twins_chosen_together_are_settled_once(several, rq):
    leader, twin, _ = several
    twin.merged_into = leader
    history.save(twin, by=rq)
    assert bulk.change(several, by=rq, verb="abandon", reason="Sans objet") == 3
    assert statuses() == {Status.ABANDONED}
    assert history.records_of(twin).count() == 3


def test_deadlines_words_and_responsibles_are_changed_too(several, service, rq):
    bulk.change(several, by=rq, verb="move_deadline", deadline="T1 2017", reason="Budget")
    bulk.change(several, by=rq, verb="change", expected_effect="Moins d’attente")
    bulk.change(several, by=rq, verb="change", responsibles=[Responsible(words="tous")])
    bulk.change(several, by=rq, verb="add_responsibles", responsibles=[Responsible(unit=service)])
    for action in Action.objects.all():
        assert (action.deadline_text, action.move_count, action.expected_effect) == ("T1 2017", 1, "Moins d’attente")
        assert [one.label for one in responsibles.of(action)] == ["tous", "BRH"]


def test_many_are_removed_with_one_reason(several, rq):
    bulk.change(several, by=rq, verb="remove", reason="Doublons")
    assert Action.objects.count() == 0
    assert set(Action.history.filter(history_type="-").values_list("history_change_reason", flat=True)) == {"Doublons"}


def test_an_unknown_verb_is_a_mistake_of_the_caller(several, rq):
    with pytest.raises(KeyError):
        bulk.change(several, by=rq, verb="finish")


def test_nothing_chosen_changes_nothing(rq):
    assert bulk.change([], by=rq, verb="start") == 0
