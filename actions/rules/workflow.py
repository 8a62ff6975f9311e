"""Which verb an action accepts in which status, and what each verb asks for."""

from enum import StrEnum

from actions.enums import Status
from core.base.errors import UserError

_OPEN = frozenset({Status.TODO, Status.ONGOING, Status.POSTPONED})


class Verb(StrEnum):
    """What moves an action from one status to another."""

    START = "start"
    PUT_BACK = "put_back"
    MARK_DONE = "mark_done"
    POSTPONE = "postpone"
    ABANDON = "abandon"
    REOPEN = "reopen"


# From which statuses each verb leads where.
TRANSITIONS: dict[Verb, tuple[frozenset[Status], Status]] = {
    Verb.START: (frozenset({Status.TODO, Status.POSTPONED}), Status.ONGOING),
    Verb.PUT_BACK: (frozenset({Status.ONGOING}), Status.TODO),
    Verb.MARK_DONE: (_OPEN, Status.DONE),
    Verb.POSTPONE: (_OPEN, Status.POSTPONED),
    Verb.ABANDON: (_OPEN, Status.ABANDONED),
    Verb.REOPEN: (frozenset({Status.DONE, Status.ABANDONED}), Status.ONGOING),
}
# What those who answer for an action say of it; the other verbs are of those who run the plan.
REPORTED = frozenset({Verb.START, Verb.PUT_BACK, Verb.MARK_DONE})
_REFUSALS = {
    Verb.START: "commencée",
    Verb.PUT_BACK: "remise à faire",
    Verb.MARK_DONE: "marquée réalisée",
    Verb.POSTPONE: "reportée",
    Verb.ABANDON: "abandonnée",
    Verb.REOPEN: "rouverte",
}
REASON_MISSING = {
    Verb.POSTPONE: "Indiquez la raison du report : elle sera imprimée avec l’action.",
    Verb.ABANDON: "Indiquez la raison de l’abandon : elle sera imprimée avec l’action.",
    Verb.REOPEN: "Indiquez pourquoi l’action est rouverte.",
}


def verbs_from(status: str) -> list[Verb]:
    """The verbs that an action in this status accepts."""
    return [verb for verb, (sources, _) in TRANSITIONS.items() if status in sources]


def reachable(status: str, *, steers: bool) -> list[Status]:
    """Where an action in this status may stand once somebody said so, the same status included."""
    verbs = [verb for verb in verbs_from(status) if steers or verb in REPORTED]
    wanted = {Status(status), *(target(verb) for verb in verbs)}
    return [one for one in Status if one in wanted]


def verb_to(old: str, new: str) -> Verb | None:
    """The verb that leads from one status to another; None when no verb does."""
    return next((verb for verb in verbs_from(old) if TRANSITIONS[verb][1] == new), None)


def target(verb: Verb) -> Status:
    return TRANSITIONS[verb][1]


def refuse_transition(verb: Verb, status: str) -> None:
    """UserError unless an action in this status accepts the verb."""
    if status not in TRANSITIONS[verb][0]:
        label = Status(status).label.lower()
        raise UserError(f"Cette action est « {label} » : elle ne peut pas être {_REFUSALS[verb]}.", field="status")


def refuse_missing_reason(verb: Verb, reason: str) -> None:
    if verb in REASON_MISSING and not reason.strip():
        raise UserError(REASON_MISSING[verb], field="reason")
