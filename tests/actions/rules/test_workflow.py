"""Statuses and verbs: the whole table, cell by cell."""

import pytest

from actions.enums import PENDING, SETTLED, Status
from actions.rules import workflow
from actions.rules.workflow import Verb
from core.base.errors import UserError

# What each verb does in each status: where it leads, or « · » where it is refused.
TABLE = """
              todo       ongoing    done       postponed  abandoned
    start     ongoing    ·          ·          ongoing    ·
    put_back  ·          todo       ·          ·          ·
    mark_done done       done       ·          done       ·
    postpone  postponed  postponed  ·          postponed  ·
    abandon   abandoned  abandoned  ·          abandoned  ·
    reopen    ·          ·          ongoing    ·          ongoing
"""


def cells() -> list[tuple[Verb, Status, str]]:
    head, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return [(Verb(verb), Status(status), to) for verb, *line in rows for status, to in zip(head, line, strict=True)]


def test_the_table_says_every_verb_in_every_status():
    assert {(verb, status) for verb, status, _ in cells()} == {(verb, status) for verb in Verb for status in Status}


@pytest.mark.parametrize(("verb", "status", "to"), cells())
def test_each_verb_leads_where_the_table_says_or_is_refused(verb, status, to):
    if to == "·":
        with pytest.raises(UserError) as refused:
            workflow.refuse_transition(verb, status)
        assert refused.value.field == "status"
        assert str(refused.value).startswith(f"Cette action est « {status.label.lower()} » : elle ne peut pas être ")
        assert verb not in workflow.verbs_from(status)
    else:
        workflow.refuse_transition(verb, status)
        assert workflow.target(verb) == to
        assert verb in workflow.verbs_from(status)
        assert workflow.verb_to(status, to) == verb


def test_no_verb_leads_nowhere():
    assert workflow.verb_to(Status.DONE, Status.TODO) is None
    assert workflow.verb_to(Status.TODO, Status.TODO) is None


def test_every_status_is_pending_or_settled_and_is_reached():
    assert {*PENDING, *SETTLED} == set(Status)
    assert {workflow.target(verb) for verb in Verb} == set(Status)


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("reason", ["", " \n "])
def test_postponing_abandoning_and_reopening_need_a_reason(verb, reason):
    if verb in {Verb.POSTPONE, Verb.ABANDON, Verb.REOPEN}:
        with pytest.raises(UserError) as refused:
            workflow.refuse_missing_reason(verb, reason)
        assert refused.value.field == "reason"
    else:
        workflow.refuse_missing_reason(verb, reason)
    workflow.refuse_missing_reason(verb, "Prestataire absent")
