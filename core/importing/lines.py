"""A line of a file and what recording would do of it."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from core.importing.places import NOWHERE, PlaceLevel, Problem, ReadPlace


class Fate(StrEnum):
    """What becomes of a line."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left_out"
    REFUSED = "refused"
    ASKED = "asked"


KEPT = (Fate.CREATED, Fate.CHANGED, Fate.UNCHANGED)


@dataclass(frozen=True, slots=True)
class LineChange:
    """What becomes something else: « Statut : À faire → Réalisée »; `before` empty for what is new."""

    label: str
    before: str
    after: str
    place: ReadPlace = NOWHERE

    def __str__(self) -> str:
        return f"{self.label} : {self.before} → {self.after}" if self.before else f"{self.label} : {self.after}"


@dataclass
class Line:
    """One thing of the file: a row, or several that say one thing. Built once, by the reading and then the match.

    `key` names it within the file, whatever else changes (used to tell what changed since the preview). `written` is
    what the file says, cell by cell; `changes` what recording would do, in words: the contract of the preview is made
    of them. `counted` overrides what the line counts for (a row of a grid counts its values). `content` is the trade's
    own record, handed to `write`.
    """

    key: str
    place: ReadPlace
    label: str
    fate: Fate = Fate.CREATED
    written: list[LineChange] = field(default_factory=list)
    changes: list[LineChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    counted: Counter[str] | None = None
    content: Any = None

    @property
    def is_kept(self) -> bool:
        return self.fate in KEPT

    @property
    def has_error(self) -> bool:
        return any(problem.level == PlaceLevel.ERROR for problem in self.problems)

    @property
    def stands_out(self) -> bool:
        """Whether the page opens it: something to decide, an error, a change of what was known."""
        return self.fate in (Fate.ASKED, Fate.REFUSED, Fate.CHANGED) or bool(self.problems)

    @property
    def counts(self) -> Counter[str]:
        return (Counter({self.fate.value: 1}) if self.counted is None else self.counted) if self.is_kept else Counter()

    @property
    def shown(self) -> str:
        """What recording would do of it, in words: two previews of one file are compared by it."""
        return " ; ".join([self.fate.value, *map(str, self.changes)])
