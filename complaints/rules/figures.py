"""Figures of a set of cases: rates with their base and interval, mean and median of delays. Pure.

A rate on 0 or 1 case is « sans objet », never 0 % nor 100 %.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.base.intervals import Interval, wilson

LEAST = 2  # cases below which a rate means nothing


@dataclass(frozen=True)
class Rate:
    """So many on time among so many judged."""

    count: int
    base: int

    @property
    def rate(self) -> Decimal | None:
        return Decimal(self.count) / self.base if self.base >= LEAST else None

    @property
    def interval(self) -> Interval | None:
        """Where the true rate is, nineteen times out of twenty; None where there is no rate."""
        return wilson(self.count, self.base) if self.base >= LEAST else None

    def as_json(self) -> dict[str, int | float | None]:
        return {"count": self.count, "base": self.base, "rate": None if self.rate is None else float(self.rate)}


def mean(delays: Mapping[int, int]) -> Decimal | None:
    """The mean of delays given as delay → number of cases; None without a case."""
    number = sum(delays.values())
    return Decimal(sum(delay * times for delay, times in delays.items())) / number if number else None


def median(delays: Mapping[int, int]) -> Decimal | None:
    """The middle delay, or the mean of the two in the middle; None without a case."""
    number = sum(delays.values())
    if not number:
        return None
    low, high = _at(delays, (number - 1) // 2), _at(delays, number // 2)
    return Decimal(low + high) / 2


def _at(delays: Mapping[int, int], rank: int) -> int:
    """The delay of that rank (from 0) once sorted."""
    seen = 0
    for delay in sorted(delays):
        seen += delays[delay]
        if rank < seen:
            return delay
    raise IndexError(rank)
