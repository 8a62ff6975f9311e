"""The difference of two days: old struck, new marked."""

from dataclasses import replace
from datetime import date

import pytest

from actions.as_of import ActionState, FindingState, PlanState, UnitState
from actions.as_of.comparing import ADDED, CHANGED, REMOVED, SAME, compare
from core.time.fuzzy_dates import parse

DAY = date(2016, 10, 7)


def an_action(pk: int, **fields) -> ActionState:
    plain = {
        "text": f"Action {pk}", "title": f"Action {pk}", "responsibles": ("RQ",), "deadline": parse("15/11/15"),
        "promised_text": "15/11/15", "promised_latest": date(2015, 11, 15), "move_count": 0, "status": "todo",
        "status_reason": "", "done_on": None, "comment": "", "expected_effect": "", "review_due_on": None,
        "review_result": "", "reviewed_on": None, "review_comment": "", "merged_into": None,
    }  # fmt: skip
    return ActionState(id=pk, effective_on=DAY, recorded_on=DAY, **(plain | fields))


def a_finding(pk: int, *actions: ActionState, **fields) -> FindingState:
    plain = {
        "number": pk, "section": "", "module": "", "engagement_words": "", "engagements": ("3",), "text": "Constat",
        "kind": "observation", "theme": "other", "closed_on": None,
    }  # fmt: skip
    return FindingState(id=pk, effective_on=DAY, recorded_on=DAY, actions=actions, **(plain | fields))


def a_plan(pk: int, *findings: FindingState, **fields) -> PlanState:
    plain = {
        "site": "Soissons", "title": f"Plan {pk}", "origin": "clu", "origin_on": DAY, "referential": "",
        "updated_on": None, "comment": "",
    }  # fmt: skip
    return PlanState(id=pk, effective_on=DAY, recorded_on=DAY, findings=findings, **(plain | fields))


def state(*plans: PlanState) -> UnitState:
    return UnitState("02", "Aisne", DAY, None, plans)


def of_actions(old: tuple, new: tuple):
    [plan] = compare(state(a_plan(1, a_finding(1, *old))), state(a_plan(1, a_finding(1, *new)))).plans
    return plan.children[0].children


def told(changes) -> list[tuple[str, str, str]]:
    return [(change.label, change.old, change.new) for change in changes]


def test_two_equal_states_do_not_differ():
    same = state(a_plan(1, a_finding(1, an_action(1))))
    difference = compare(same, same)
    assert difference.is_empty
    assert (difference.plans[0].kind, difference.different_plans) == (SAME, [])


def test_each_changed_field_is_told_in_words_with_the_old_and_the_new():
    old = an_action(1)
    new = replace(
        old,
        status="done",
        done_on=date(2016, 2, 3),
        responsibles=("RQ", "BRH"),
        deadline=parse("fin 2016"),
        move_count=1,
    )
    [action] = of_actions((old,), (new,))
    assert action.kind == CHANGED
    assert told(action.changes) == [
        ("responsables", "RQ", "RQ, BRH"),
        ("échéance", "15/11/15", "fin 2016"),
        ("statut", "À faire", "Réalisée"),
        ("réalisée le", "", "03/02/2016"),
    ]
    assert action.change_of("status").new == "Réalisée"
    assert action.change_of("comment") is None


def test_a_deadline_whose_words_stand_tells_the_days_it_is_understood_as():
    words = parse("prochain CLU", events={"clu": "prochain CLU"})
    old = an_action(1, deadline=words)
    new = an_action(1, deadline=replace(words, earliest=date(2016, 2, 4), latest=date(2016, 2, 4)))
    [action] = of_actions((old,), (new,))
    assert told(action.changes) == [
        ("échéance", "au prochain CLU (date à fixer)", "au prochain CLU (le 04/02/2016)"),
    ]


def test_what_went_stays_where_it_was_and_what_came_is_marked():
    old = tuple(an_action(pk) for pk in (1, 2, 3))
    new = tuple(an_action(pk) for pk in (4, 1, 3, 5))
    found = of_actions(old, new)
    assert [(one.item.id, one.kind) for one in found] == [
        (4, ADDED), (1, SAME), (2, REMOVED), (3, SAME), (5, ADDED),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "order"),
    [
        ((), (), []),
        ((1, 2), (), [1, 2]),
        ((), (1, 2), [1, 2]),
        ((1, 2, 3), (3, 1), [3, 1, 2]),
        ((2, 1), (1,), [2, 1]),
    ],
)
def test_every_item_of_both_days_appears_once(old, new, order):
    found = of_actions(tuple(map(an_action, old)), tuple(map(an_action, new)))
    assert [one.item.id for one in found] == order


def test_a_plan_is_different_when_something_in_it_is():
    old = state(a_plan(1, a_finding(1, an_action(1))), a_plan(2))
    new = state(a_plan(1, a_finding(1, an_action(1, comment="Vu"))), a_plan(3))
    difference = compare(old, new)
    assert [(plan.item.title, plan.kind, plan.is_different) for plan in difference.plans] == [
        ("Plan 1", SAME, True),
        ("Plan 2", REMOVED, True),
        ("Plan 3", ADDED, True),
    ]
    [finding] = difference.plans[0].different_children
    assert finding.kind == SAME
    assert (difference.count(CHANGED), difference.count(ADDED)) == (1, 0)


def test_the_engagements_and_the_closing_of_a_finding_are_told():
    [plan] = compare(
        state(a_plan(1, a_finding(1, engagements=("3", "14.3")))),
        state(a_plan(1, a_finding(1, engagements=("14.3",), closed_on=DAY, kind="weakness"), title="Audit")),
    ).plans
    assert told(plan.changes) == [("intitulé", "Plan 1", "Audit")]
    assert told(plan.children[0].changes) == [
        ("engagements", "3, 14.3", "14.3"),
        ("nature", "Constat", "Point sensible"),
        ("clos le", "", "07/10/2016"),
    ]
