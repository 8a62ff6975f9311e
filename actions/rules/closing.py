"""A finding is closed by its actions: all settled, and there is at least one."""

from collections.abc import Sequence
from datetime import date

from actions.enums import SETTLED, Status


def closed_on(actions: Sequence, *, before: date | None, on: date) -> date | None:
    """The day on which the last action was settled; None while one is pending or there is none.

    `before` is the day already known, kept as long as the finding stays closed; `on`, the day of the last change,
    stands for the actions whose own day is not known (abandoned, or taken over from a document).
    """
    if not actions or any(action.status not in SETTLED for action in actions):
        return None
    return before or max(_settled_on(action, on) for action in actions)


def _settled_on(action, on: date) -> date:
    return action.done_on if action.status == Status.DONE and action.done_on else on
