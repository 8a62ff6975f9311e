"""The actions of a file as JSON prints them."""

from datetime import date
from typing import Any

from actions.imports.roles import ACTION, FINDING
from actions.imports.understood import Meaning
from core.importing.lines import Line


def as_json(line: Line) -> dict[str, Any] | None:
    """The action as `--format json` prints it."""
    meaning: Meaning = line.content
    entry = meaning.entry
    if not entry.has_action and not entry.is_single:
        return None
    deadline = meaning.deadline
    return {
        "finding": "" if entry.is_single else entry.text(FINDING),
        "text": entry.text(ACTION) or ("" if entry.is_undecided else entry.text(FINDING)),
        "responsibles": [words for words, _choice in meaning.names],
        "deadline": {"text": deadline.text, "earliest": _iso(deadline.earliest), "latest": _iso(deadline.latest)},
        "status": meaning.status or None,
        "done_on": _iso(meaning.done_on),
        "comment": meaning.comment or meaning.reason,
        "sheet": line.place.sheet,
        "cell": line.place.cell,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
