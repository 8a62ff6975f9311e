"""How a case stands on a day: what is due first, and how urgent it is."""

from datetime import date, timedelta
from enum import StrEnum

from complaints.models import Complaint

SOON = timedelta(days=2)


class Urgency(StrEnum):
    LATE = "late"
    SOON = "soon"
    WAITING = "waiting"
    DUE = "due"
    TO_CLOSE = "to_close"
    CLOSED = "closed"


def next_due(case: Complaint) -> date | None:
    """The day of what is due first: the acknowledgement, then the answer; None when nothing is."""
    if case.closed_on or case.answered_on:
        return None
    return case.answer_by if case.acknowledged_on or case.acknowledge_by is None else case.acknowledge_by


def standing_of(case: Complaint, on: date) -> Urgency:
    """Late, soon, the user awaited, due, to close, closed."""
    if case.closed_on:
        return Urgency.CLOSED
    due = next_due(case)
    if due is None:
        is_awaited = case.acknowledge_by is not None and case.in_scope and not case.answered_on
        return Urgency.WAITING if is_awaited else Urgency.TO_CLOSE
    if due < on:
        return Urgency.LATE
    return Urgency.SOON if due - on <= SOON else Urgency.DUE
