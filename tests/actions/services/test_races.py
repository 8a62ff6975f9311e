"""Two people at the same instant: nothing is lost, nothing contradicts itself, and the loser is told."""

import threading
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest
from django.db import connection
from django.utils import timezone

from actions.enums import Status
from actions.models import Action, Finding, Plan
from actions.services import actions, findings, plans, progress, twins
from core.base.errors import UserError
from core.record import history

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]
TRIES = 10
DONE = {"done_on": date(2016, 2, 1), "comment": "Fait"}


def at_once(*calls: Callable) -> list:
    """Call them at the same instant, each in a thread of its own; what each gave, or the sentence that refused it."""
    barrier, answers = threading.Barrier(len(calls)), [None] * len(calls)
    broken: list[BaseException] = []

    def run(rank: int, call: Callable) -> None:
        try:
            barrier.wait()
            answers[rank] = call()
        except UserError as refusal:
            answers[rank] = str(refusal)
        except Exception as error:  # told by the test, with its own trace
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
    return answers


def refusals(answers: list) -> list[str]:
    return [answer for answer in answers if isinstance(answer, str)]


def fresh(row):
    """The row as another person's page holds it."""
    return type(row).objects.get(pk=row.pk)


def assert_history_tells_the_present() -> None:
    for model in (Plan, Finding, Action):
        names = [field.attname for field in model._meta.concrete_fields]
        last = {row["id"]: row for row in history.as_of(model, timezone.now()).values(*names)}
        assert last == {row["id"]: row for row in model.objects.values(*names)}


class Case(NamedTuple):
    """A plan with one finding that has one action."""

    plan: Plan
    finding: Finding
    action: Action


@pytest.fixture
def cases(site, rq) -> list[Case]:
    """Several, each for one try: the instant two threads meet is not the same twice."""
    found = []
    for n in range(TRIES):
        told = {"site": site, "title": f"Plan {n}", "origin": "internal_audit", "origin_on": date(2015, 10, 16)}
        plan = plans.create_plan(**told, by=rq)
        finding = findings.add_finding(plan, text="Constat", by=rq)
        found.append(Case(plan, finding, actions.add_action(finding, text="Action", by=rq)))
    return found


def test_the_last_two_actions_of_a_finding_done_at_once_close_it(cases, rq):
    for _, finding, action in cases:
        other = actions.add_action(finding, text="Autre", by=rq)
        answers = at_once(
            lambda one=action: progress.mark_done(fresh(one), by=rq, **DONE),
            lambda one=other: progress.mark_done(fresh(one), by=rq, **DONE),
        )
        assert refusals(answers) == []
    assert set(Finding.objects.values_list("closed_on", flat=True)) == {date(2016, 2, 1)}
    assert_history_tells_the_present()


def test_two_changes_of_one_action_are_both_kept(cases, rq):
    for case in cases:
        one, other = fresh(case.action), fresh(case.action)
        answers = at_once(
            lambda one=one: actions.change_action(one, by=rq, text="Nouveau texte"),
            lambda other=other: actions.change_action(other, by=rq, comment="Nouveau commentaire"),
        )
        assert refusals(answers) == []
        assert history.records_of(one).count() == 3
    assert set(Action.objects.values_list("text", "comment")) == {("Nouveau texte", "Nouveau commentaire")}
    assert_history_tells_the_present()


def test_of_done_and_abandoned_at_once_one_wins_and_the_other_is_told(cases, rq):
    for case in cases:
        one, other = fresh(case.action), fresh(case.action)
        answers = at_once(
            lambda one=one: progress.mark_done(one, by=rq, **DONE),
            lambda other=other: progress.abandon(other, reason="Sans objet", by=rq),
        )
        told = {
            Status.DONE: "« réalisée » : elle ne peut pas être abandonnée",
            Status.ABANDONED: "« abandonnée » : elle ne peut pas être marquée réalisée",
        }[fresh(case.action).status]
        assert refusals(answers) == [f"Cette action est {told}."]
        assert history.records_of(case.action).count() == 2
    assert_history_tells_the_present()


def test_two_actions_merged_into_each_other_at_once_make_no_loop(cases, rq):
    for _, finding, action in cases:
        other = actions.add_action(finding, text="La même", by=rq)
        answers = at_once(
            lambda one=action, other=other: twins.merge(fresh(one), into=fresh(other), by=rq),
            lambda one=action, other=other: twins.merge(fresh(other), into=fresh(one), by=rq),
        )
        assert len(refusals(answers)) == 1
        [leader] = Action.objects.leaders().filter(finding=finding)
        assert Action.objects.filter(finding=finding).exclude(pk=leader.pk).get().merged_into == leader
    assert_history_tells_the_present()


def test_a_status_given_while_the_twins_part_is_that_of_both_or_of_one(cases, rq):
    for _, finding, action in cases:
        twin = actions.add_action(finding, text="La même", by=rq)
        twins.merge(twin, into=action, by=rq)
        answers = at_once(
            lambda one=action: progress.start(fresh(one), by=rq),
            lambda one=twin: twins.separate(fresh(one), by=rq, reason="Autre sujet"),
        )
        assert fresh(action).status == Status.ONGOING or refusals(answers)
        assert fresh(twin).status in {Status.TODO, Status.ONGOING}
    assert_history_tells_the_present()


def test_what_is_added_while_the_plan_is_removed_goes_with_it_or_is_refused(cases, rq):
    for plan, finding, _ in cases:
        at_once(
            lambda plan=plan: plans.remove_plan(fresh(plan), by=rq, reason="Doublon"),
            lambda plan=plan: findings.add_finding(plan, text="Trop tard", by=rq),
            lambda finding=finding: actions.add_action(finding, text="Trop tard", by=rq),
        )
    assert (Plan.objects.count(), Finding.objects.count(), Action.objects.count()) == (0, 0, 0)
    gone = [*Finding.history.filter(history_type="-"), *Action.history.filter(history_type="-")]
    assert {row.history_change_reason for row in gone} == {"Doublon"}
    assert_history_tells_the_present()


def test_findings_added_at_once_have_each_their_number(cases, rq):
    for plan, *_ in cases:
        answers = at_once(*[lambda plan=plan: findings.add_finding(plan, text="Constat", by=rq) for _ in range(3)])
        assert refusals(answers) == []
        assert sorted(Finding.objects.filter(plan=plan).values_list("number", flat=True)) == [1, 2, 3, 4]


def test_actions_moved_across_at_once_do_not_wait_for_each_other_for_ever(cases, rq):
    for plan, finding, action in cases:
        other = findings.add_finding(plan, text="Autre", by=rq)
        second = actions.add_action(other, text="Autre", by=rq)
        answers = at_once(
            lambda one=action, to=other: actions.move_action(fresh(one), to=to, by=rq),
            lambda one=second, to=finding: actions.move_action(fresh(one), to=to, by=rq),
        )
        assert refusals(answers) == []
        assert (fresh(action).finding_id, fresh(second).finding_id) == (other.pk, finding.pk)
    assert_history_tells_the_present()
