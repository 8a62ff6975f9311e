"""What the clocks of a case depend on, read from its row."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from complaints.enums import Punctuality
from complaints.models import Complaint
from complaints.rules import delays
from complaints.rules.delays import Clocks, Facts, Rule, Wait
from core.time.working_days import WorkingCalendar

CLOCKS = ("acknowledge_by", "answer_by", "suspended_days", "delay_days")


def facts_of(case: Complaint) -> Facts:
    """The facts of a case read `with_waits`."""
    waits = tuple(Wait(one.asked_on, one.replied_on) for one in case.suspensions.all()) if case.pk else ()
    return Facts(
        received_on=case.received_on,
        channel=case.channel,
        kind=case.kind,
        in_scope=case.in_scope,
        is_reachable=case.is_reachable,
        acknowledged_on=case.acknowledged_on,
        answered_on=case.answered_on,
        extended_to=case.extended_to,
        waits=waits,
    )


def punctuality_of(
    case: Complaint, calendar: WorkingCalendar, *, rules: Iterable[Rule], on: date
) -> Punctuality | None:
    """In time, in time after an extension, or late: the first date is the one without the date promised."""
    facts = facts_of(case)
    first = delays.clocks(replace(facts, extended_to=None), calendar, on=on, rules=rules)
    return delays.punctuality(facts, first.answer_by, case.answer_by, on=on)


def take(case: Complaint, found: Clocks) -> bool:
    """Give the case its dates; whether one of them moved."""
    before = dates_of(case)
    for name in CLOCKS:
        setattr(case, name, getattr(found, name))
    return dates_of(case) != before


def dates_of(case: Complaint) -> dict[str, Any]:
    """The computed dates that a case has."""
    return {name: getattr(case, name) for name in CLOCKS}


_LABELS = {"acknowledge_by": "à accuser avant le", "answer_by": "à répondre avant le"}


def moved(before: dict[str, Any], after: dict[str, Any]) -> str:
    """« à répondre avant le : 12/05/2026 → 13/05/2026 », for the history of a recomputation."""
    told = []
    for name, label in _LABELS.items():
        old, new = before[name], after[name]
        if old != new:
            told.append(f"{label} : {_said(old)} → {_said(new)}")
    return " ; ".join(told)


def _said(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else "sans objet"
