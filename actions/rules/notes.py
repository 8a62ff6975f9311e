"""What was done about an action, as a thread: each note with who wrote it and when, read from the history.

The comment of an action is its last note: plans, files and past days go on telling that one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class ActionNote:
    """One note: its words, who wrote them, when."""

    text: str
    who: Any
    when: datetime


def thread(rows: Iterable[Any]) -> list[ActionNote]:
    """The notes of an action, oldest first, from its history rows in their order.

    A comment that is again what it was, or nothing again, was taken back: the notes since leave the thread, not the
    history.
    """
    found: list[ActionNote] = []
    for row in rows:
        said = [note.text for note in found]
        if not row.comment:
            found = []
        elif row.comment in said:
            found = found[: said.index(row.comment) + 1]
        else:
            found.append(ActionNote(row.comment, row.history_user, row.history_date))
    return found
