"""What a person decides on the preview of plans: who words stand for, statuses, engagements, plans left out."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from actions.enums import Origin, Status
from actions.imports.document import Document
from actions.imports.responsibles import KEEP

LONGEST_KEY = 200


def choices_of(
    data: Mapping[str, str], document: Document, *, former: Mapping[str, Any], responsibles: Iterable[str],
    engagements: Iterable[str],
) -> dict:  # fmt: skip
    """The choices posted, over the former ones; what does not exist is left as it was.

    `responsibles` and `engagements` are the values that may be chosen.
    """
    who = {KEEP, *responsibles}
    return {
        "responsibles": _posted(data, "who", former.get("responsibles", {}), who),
        "statuses": _posted(data, "status", former.get("statuses", {}), set(Status.values)),
        "engagements": _posted(data, "engagement", former.get("engagements", {}), set(engagements)),
        "plans": _plans(data, document, former.get("plans", {})),
        "ignore_errors": data.get("ignore_errors") == "1",
    }


def _posted(data: Mapping[str, str], name: str, former: Mapping[str, str], allowed: set[str]) -> dict[str, str]:
    """`who:drctaj` = « unit:12 »; an empty choice takes the former one away."""
    choices = dict(former)
    for field, value in data.items():
        prefix, _, key = field.partition(":")
        if prefix != name or not key or len(key) > LONGEST_KEY:
            continue
        if value in allowed:
            choices[key] = value
        elif value == "":
            choices.pop(key, None)
    return choices


def _plans(data: Mapping[str, str], document: Document, former: Mapping[str, dict]) -> dict[str, dict]:
    """Of each plan, by its title: left out or not, and its origin where its title does not tell."""
    plans = {}
    for index, plan in enumerate(document.plans):
        choice = dict(former.get(plan.title, {}))
        if data.get(f"plan-{index}") == "1":  # the form holds this plan: an absent box is an unchecked one
            choice["left_out"] = data.get(f"left-out-{index}") == "1"
        origin = data.get(f"origin-{index}", "")
        if origin in Origin.values:
            choice["origin"] = origin
        if (day := data.get(f"origin-on-{index}")) is not None:
            choice["origin_on"] = _day(day)
        plans[plan.title] = choice
    return plans


def _day(text: str) -> str:
    """An ISO day, or nothing for what is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""
