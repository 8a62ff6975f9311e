"""A fuzzy date: its words, and the days between which they can be true."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from core.time.fuzzy_dates.phrases import Kind, phrase_kind
from core.time.fuzzy_dates.spelling import plain


@dataclass(frozen=True)
class FuzzyDate:
    """`text` as written, the days as understood; `event` is a code of `core.base.registries.event_dates`.

    `doubt` (understood, but another reading is possible) and `problem` (why it is not understood) are whole sentences,
    told when the words are read and neither kept nor compared.
    """

    text: str = ""
    earliest: date | None = None
    latest: date | None = None
    event: str = ""
    kind: Kind = Kind.BLANK
    doubt: str = field(default="", compare=False)
    problem: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.text

    @classmethod
    def stored(cls, text: str, earliest: date | None, latest: date | None, *, event: str = "") -> Self:
        """The value kept in columns: the days are those understood when the words were written."""
        if event:
            kind = Kind.EVENT
        elif earliest or latest:
            kind = Kind.DAY if earliest == latest else Kind.PERIOD
        else:
            kind = phrase_kind(plain(text)) or Kind.UNKNOWN
        return cls(text, earliest, latest, event, kind)

    @property
    def is_known(self) -> bool:
        """Whether the words are understood; nothing written is understood as no date."""
        return self.kind != Kind.UNKNOWN

    @property
    def sort_key(self) -> tuple[date, date]:
        """What is over first, then by the day it falls due; what has no day comes last."""
        if self.kind == Kind.DONE:
            return date.min, date.min
        return self.latest or self.earliest or date.max, self.earliest or date.min

    def is_late(self, on: date) -> bool:
        """Late only after the latest day; never without one."""
        return self.latest is not None and on > self.latest


def resolve(fuzzy: FuzzyDate, dates: Iterable[date], *, written_on: date | None = None) -> FuzzyDate:
    """The same words with the day of their event: the first of `dates` after they were written, once there is one."""
    if fuzzy.kind != Kind.EVENT:
        return fuzzy
    day = min((day for day in dates if written_on is None or day > written_on), default=None)
    return fuzzy if day is None else replace(fuzzy, earliest=day, latest=day)
