"""What recording a file would do: its layout, words, questions, lines and account of cells. One class for all."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from core.base.digests import digest_of
from core.importing.accounts import Accounts
from core.importing.asks import Ask
from core.importing.layout import Layout
from core.importing.lines import Fate, Line
from core.importing.places import PlaceLevel, Problem
from core.importing.vocabulary import Words

COUNTED = (Fate.CREATED, Fate.CHANGED, Fate.UNCHANGED)
SKIP_ERRORS = "skip_errors"  # the answer that leaves the lines in error aside


@dataclass
class Plan:
    """The whole file. `asks` are those of the trade, beside those of the layout and of the words.

    `reading` is what `--format json` prints beside the counts (`{"values": […]}`); `extra` is for the templates of the
    app; `side` are changes beside the lines (targets, new places), in words; `is_skipping` leaves lines in error aside.
    """

    layout: Layout
    accounts: Accounts
    lines: list[Line] = field(default_factory=list)
    words: Words = field(default_factory=Words)
    asks: list[Ask] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    reading: dict[str, list[dict]] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    is_skipping: bool = False

    @cached_property
    def all_asks(self) -> list[Ask]:
        """Every question, open or settled: the layout's, the words', the trade's."""
        return [*self.layout.all_asks(), *self.words.asks(), *self.asks]

    @cached_property
    def open_asks(self) -> list[Ask]:
        return [ask for ask in self.all_asks if ask.is_open]

    @cached_property
    def kept(self) -> list[Line]:
        return [line for line in self.lines if line.is_kept and not line.has_error]

    @cached_property
    def counts(self) -> dict[str, int]:
        """`created`, `changed`, `unchanged` of the lines that would be recorded."""
        total: Counter[str] = sum((line.counts for line in self.kept), Counter())
        return {fate.value: total[fate] for fate in COUNTED}

    @cached_property
    def errors(self) -> list[Problem]:
        return [problem for problem in self._problems if problem.level == PlaceLevel.ERROR]

    @cached_property
    def warnings(self) -> list[Problem]:
        return [problem for problem in self._problems if problem.level == PlaceLevel.WARNING]

    @property
    def file_errors(self) -> list[Problem]:
        """Errors that leaving lines aside does not mend."""
        return [problem for problem in self.problems if problem.level == PlaceLevel.ERROR]

    @property
    def changes_nothing(self) -> bool:
        """Whether every filled cell is read or left out with its reason, and all of it is recorded already."""
        is_same = not (self.counts[Fate.CREATED] or self.counts[Fate.CHANGED] or self.other_changes)
        return is_same and not self.open_asks and not self.errors

    @property
    def other_changes(self) -> int:
        """Changes of lines that count something else than themselves: the target of a row that counts its values."""
        lines = [line for line in self.kept if line.counted is not None]
        more = (len(line.changes) - line.counts[Fate.CREATED] - line.counts[Fate.CHANGED] for line in lines)
        return max(0, sum(more))

    @property
    def is_ready(self) -> bool:
        """Whether « Enregistrer » may record it."""
        blocking = self.file_errors if self.is_skipping else self.errors
        return not self.open_asks and not blocking and bool(self.kept) and not self.changes_nothing

    @cached_property
    def shown(self) -> dict[str, str]:
        """Line by line, what recording would do: the contract that the preview makes."""
        return {line.key: line.shown for line in self.lines}

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of what is shown; recording asks for the one of the page."""
        return digest_of(self.shown)

    @property
    def _problems(self) -> list[Problem]:
        """Those of the file and of its lines; a line left out is nobody's problem."""
        lines = (line for line in self.lines if line.fate != Fate.LEFT_OUT)
        return [*self.problems, *(problem for line in lines for problem in line.problems)]
