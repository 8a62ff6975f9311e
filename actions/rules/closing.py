"""A finding is closed by its actions: all settled, and there is at least one."""

from collections.abc import Sequence
from datetime import date

from actions.enums import SETTLED, Status


def closed_on(actions: Sequence, *, before: date | None, on: date) -> date | None:
    """The day on which the last action was settled; None while one is pending or there is none.

    An abandoned action, or one taken over from a document, has no day of its own: `on`, the day of the last change,
    stands for it, or `before`, the day already known of a finding that stays closed.
    """
    if not actions or any(action.status not in SETTLED for action in actions):
        return None
    days = [action.done_on for action in actions if action.status == Status.DONE and action.done_on]
    if len(days) < len(actions):
        days.append(before or on)
    return max(days)
