"""The state of a day as JSON: what the command prints, and the canonical form that a digest is made of."""

from dataclasses import is_dataclass
from datetime import date, datetime
from typing import Any

from actions.as_of.state import ActionState, FindingState, PlanState, UnitState
from core.base import digests


def printed(state: UnitState) -> dict:
    """What `manage.py plan_as_of --format json` prints."""
    return {"date": state.on.isoformat(), "plans": [_plan(plan) for plan in state.plans]}


def canonical(state: UnitState) -> str:
    """All that the state holds, in one form only: keys sorted, no space, days as 2016-10-07."""
    content = {"on": state.on, "plans": state.plans}
    return digests.canonical(content, default=_content).decode()


def digest(state: UnitState) -> str:
    """SHA-256 of the canonical form."""
    return digests.digest_of_chunks([canonical(state).encode()])


def _plan(plan: PlanState) -> dict:
    return {
        "title": plan.title,
        "origin": plan.origin,
        "origin_on": _iso(plan.origin_on),
        "findings": [_finding(finding) for finding in plan.findings],
    }


def _finding(finding: FindingState) -> dict:
    return {
        "number": finding.number,
        "text": finding.text,
        "kind": finding.kind,
        "engagements": list(finding.engagements),
        "actions": [_action(action) for action in finding.actions],
    }


def _action(action: ActionState) -> dict:
    deadline = action.deadline
    return {
        "text": action.title,
        "responsibles": list(action.responsibles),
        "deadline": {"text": deadline.text, "earliest": _iso(deadline.earliest), "latest": _iso(deadline.latest)},
        "status": action.status,
        "done_on": _iso(action.done_on),
        "comment": action.comment,
    }


def _content(value: Any) -> dict | str | None:
    """The fields of a dataclass, a day or an instant; `dataclasses.asdict` would copy all of it ten times slower."""
    return vars(value) if is_dataclass(value) else _iso(value)


def _iso(value: date | datetime | None) -> str | None:
    return None if value is None else value.isoformat()
