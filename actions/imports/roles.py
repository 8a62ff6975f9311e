"""Roles of the columns of a plan; how the documents say them, and all else, is told in `data/plan_words.toml`."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from core.importing.follow_up import DEADLINE, DONE_ON, MONTH, REVISED, STATUS
from core.importing.follow_up.timetables import month_fit
from core.importing.tables import Content, Fit, Wanted

PLAN, SITE, ORIGIN, SECTION, NUMBER, ENGAGEMENT, FINDING, KIND, THEME, ACTION, PART, RESPONSIBLE = (
    "plan",
    "site",
    "origin",
    "section",
    "number",
    "engagement",
    "finding",
    "kind",
    "theme",
    "action",
    "part",
    "responsible",
)
REASON, EFFECT, COMMENT, NOTE = "reason", "effect", "comment", "note"
ABOUT_AN_ACTION = (ACTION, PART, RESPONSIBLE, DEADLINE, REVISED, STATUS, DONE_ON, COMMENT)
DERIVED = r"au plus tard le|en retard|retards?(?: .*)?|jours (?:restants|de retard)"  # reckoned from the others
SAID = tomllib.loads((Path(__file__).parents[1] / "data" / "plan_words.toml").read_text())


def expression(words: Sequence[str], **parts: str) -> str:
    """The regular expression of several wordings, `<part>` standing for another one."""
    whole = "|".join(words)
    for name, part in parts.items():
        whole = whole.replace(f"<{name}>", part)
    return whole


def is_plan(codes: set[str]) -> bool:
    """Whether headings on one row head a plan: what was found or decided, and one thing more about it."""
    return bool(codes & {FINDING, ACTION}) and len(codes - {NUMBER}) >= 2


def _numbers(heading: str) -> Fit:
    """« N° » has no word of its own."""
    return Fit.EXACT if heading.strip() in ("N°", "n°", "Nº", "#") else Fit.NONE


def _wanted(code: str, heads: Sequence[str] = (), content: str = "", **said) -> Wanted:
    parts = SAID["part"] | {"found": f"(?:{expression(SAID['part']['found'])})"}
    fit = {NUMBER: _numbers, MONTH: month_fit}.get(code)
    return Wanted(code, heads=expression(heads, **parts), content=Content(content), fit=fit, **said)


WANTED = tuple(_wanted(**role) for role in SAID["role"])
LABELS = {one.code: one.label for one in WANTED}
