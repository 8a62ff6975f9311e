"""What a percentage of a survey is worth: its base, its 95 % interval (Wilson), whether it may be shown or compared.

Rates are ratios (0.863). A base is made of answers, neither blanks nor « non concerné ». Pure rules.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from core.base.intervals import Interval, wilson, wilson_of_rate
from core.base.intervals import share as rate

UP, DOWN, SAME = "up", "down", ""


class Measured(Protocol):
    """A rate that may be shown and compared."""

    @property
    def interval(self) -> Interval | None: ...

    @property
    def is_significant(self) -> bool: ...


@dataclass(frozen=True)
class Proportion:
    """So many satisfied (or « oui ») among so many answers; `threshold` answers are needed to show the rate."""

    satisfied: int
    answered: int
    threshold: int = 0

    @property
    def rate(self) -> Decimal | None:
        return rate(self.satisfied, self.answered)

    @property
    def interval(self) -> Interval | None:
        return wilson(self.satisfied, self.answered)

    @property
    def is_significant(self) -> bool:
        return is_significant(self.answered, self.threshold)


def is_significant(answered: int, threshold: int) -> bool:
    """Whether enough people answered for the percentage to be shown; no answer is never enough."""
    return answered > 0 and answered >= threshold


def compare(new: Measured, old: Measured) -> str:
    """`up` or `down` only where the two intervals do not meet and both bases are large enough; otherwise empty."""
    now, before = new.interval, old.interval
    if not (new.is_significant and old.is_significant and now and before):
        return SAME
    if now.low > before.high:
        return UP
    return DOWN if now.high < before.low else SAME


@dataclass(frozen=True)
class Overall:
    """All the criteria of a satisfaction survey together.

    The answers of one form go together, so the interval is that of the number of forms, not of the number of answers.
    """

    satisfied: int
    answered: int
    forms: int
    threshold: int = 0

    @property
    def rate(self) -> Decimal | None:
        """Global satisfaction: the satisfied answers among the answers to all criteria."""
        return rate(self.satisfied, self.answered)

    @property
    def net(self) -> Decimal | None:
        """Net satisfaction: the share of satisfied answers less that of dissatisfied ones, from −1 to 1."""
        return net_satisfaction(self.satisfied, self.answered)

    @property
    def interval(self) -> Interval | None:
        if self.rate is None or not self.forms:
            return None
        return wilson_of_rate(self.rate, min(self.forms, self.answered))

    @property
    def is_significant(self) -> bool:
        return is_significant(min(self.forms, self.answered), self.threshold)


def overall(criteria: Iterable[Proportion], *, forms: int, threshold: int = 0) -> Overall:
    """The criteria put together; `forms` is how many forms answered one criterion at least."""
    rows = list(criteria)
    return Overall(sum(row.satisfied for row in rows), sum(row.answered for row in rows), forms, threshold)


def net_satisfaction(satisfied: int, answered: int) -> Decimal | None:
    """The satisfied less the dissatisfied, over the answers; None without an answer."""
    found = rate(satisfied, answered)
    return None if found is None else 2 * found - 1
