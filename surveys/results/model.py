"""The results of a campaign as they are read: a row per criterion, the same cut by place, channel and month.

A percentage that too few answers support is withheld here, so that no page, poster or export shows it by mistake.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from surveys.enums import NEGATIVE, NOT_CONCERNED, POSITIVE
from surveys.rules.disclosure import least_of
from surveys.rules.statistics import Interval, Overall, Proportion, overall


@dataclass(frozen=True)
class CriterionRow:
    """A criterion: how many are satisfied (or say « oui ») among how many answers, of how many forms."""

    question: str  # its code
    criterion: str  # its words
    kind: str
    counts: Mapping[str, int]
    returns: int
    threshold: int = 0
    question_id: int = 0
    is_hidden: bool = False  # of a group too small: neither its base nor its rate is told

    @cached_property
    def proportion(self) -> Proportion:
        return Proportion(self.satisfied, self.answered, self.threshold)

    @property
    def satisfied(self) -> int:
        return sum(self.counts.get(answer, 0) for answer in POSITIVE)

    @property
    def dissatisfied(self) -> int:
        return sum(self.counts.get(answer, 0) for answer in NEGATIVE)

    @property
    def answered(self) -> int:
        """The base: neither blanks nor « non concerné »."""
        return self.satisfied + self.dissatisfied

    @property
    def not_concerned(self) -> int:
        return self.counts.get(NOT_CONCERNED, 0)

    @property
    def blank(self) -> int:
        """Forms that leave the criterion blank, or to which it was not put."""
        return self.returns - self.answered - self.not_concerned

    @property
    def significant(self) -> bool:
        return self.proportion.is_significant

    @property
    def rate(self) -> Decimal | None:
        """The share of satisfied answers; None where it is withheld (« non significatif »)."""
        return self.proportion.rate if self.significant else None

    @property
    def interval(self) -> Interval | None:
        return self.proportion.interval if self.significant else None

    @property
    def low(self) -> Decimal | None:
        return self.interval.low if self.interval else None

    @property
    def high(self) -> Decimal | None:
        return self.interval.high if self.interval else None

    @property
    def net(self) -> Decimal | None:
        return None if self.rate is None else 2 * self.rate - 1


@dataclass(frozen=True)
class Cut:
    """The forms of one place, channel or month, with a row per criterion."""

    key: str | int | None
    label: str
    returns: int
    forms: int
    rows: Sequence[CriterionRow]

    @cached_property
    def overall(self) -> Overall:
        threshold = self.rows[0].threshold if self.rows else 0
        return overall([row.proportion for row in self.rows], forms=self.forms, threshold=threshold)


@dataclass(frozen=True)
class ChoiceRow:
    """How many chose an answer to a question that is no criterion: profile, reason for coming, counter."""

    question: str
    label: str
    answers: Sequence[tuple[str, int | None]]  # None: too few to be told
    returns: int


@dataclass(frozen=True)
class Results:
    """The results of a campaign; iterating gives its rows, in the order of the questionnaire."""

    campaign: object
    returns: int
    forms: int
    rows: Sequence[CriterionRow]
    by_place: Sequence[Cut] = ()
    by_channel: Sequence[Cut] = ()
    by_month: Sequence[Cut] = ()
    choices: Sequence[ChoiceRow] = ()
    texts: Mapping[str, int] = field(default_factory=dict)
    first_on: date | None = None
    last_on: date | None = None
    computed_at: datetime | None = None  # None: counted just now

    def __iter__(self) -> Iterator[CriterionRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @cached_property
    def overall(self) -> Overall:
        """Global and net satisfaction."""
        threshold = self.rows[0].threshold if self.rows else 0
        return overall([row.proportion for row in self.rows], forms=self.forms, threshold=threshold)

    @cached_property
    def by_question(self) -> dict[str, CriterionRow]:
        return {row.question: row for row in self.rows}

    def cuts(self, axis: str) -> Sequence[Cut]:
        """The results by « place », « channel » or « month »."""
        return {"place": self.by_place, "channel": self.by_channel, "month": self.by_month}[axis]

    def weakest(self, limit: int) -> list[CriterionRow]:
        """The criteria least satisfied, among those that may be shown."""
        shown = [row for row in self.rows if row.rate is not None]
        return sorted(shown, key=lambda row: (row.rate, -row.answered))[:limit]

    def strongest(self, limit: int) -> list[CriterionRow]:
        """The criteria most satisfied, among those that may be shown."""
        shown = [row for row in self.rows if row.rate is not None]
        return sorted(shown, key=lambda row: (-row.rate, -row.answered))[:limit]

    def public(self) -> "Results":
        """What may be shown to everyone, from what `disclosure.leaving` gives: no base under the least group, no words.

        The tests of a mystery survey single out nobody of the public: only their words are kept back.
        """
        if self.campaign.is_mystery:
            return replace(self, choices=(), texts={})
        least = least_of(self.campaign.public_threshold)
        return replace(self, rows=[_public_row(row, least) for row in self.rows], choices=(), texts={})


def _public_row(row: CriterionRow, least: int) -> CriterionRow:
    """A base under the threshold is emptied: neither its count nor its rate is told."""
    return row if row.answered >= least else replace(row, counts={}, is_hidden=row.answered > 0)
