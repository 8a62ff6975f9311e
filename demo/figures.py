"""Plausible monthly figures, the same at each run: every cell draws from a seed made of its own place."""

import math
import random
from dataclasses import dataclass
from decimal import Decimal

from indicators.enums import Measure, ValueState
from indicators.services.values import Figure

FIRST_YEAR = 2021
QUIET_MONTHS = {5: 0.9, 7: 0.8, 8: 0.6, 12: 0.85}
BUSY_MONTHS = {1: 1.1, 6: 1.1, 9: 1.25, 10: 1.1}
SMALL = 10


@dataclass(frozen=True)
class MonthOfStory:
    year: int
    month: int

    @property
    def key(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def season(self) -> float:
        return (QUIET_MONTHS | BUSY_MONTHS).get(self.month, 1.0)


class Draw:
    """The figures of one unit of the demonstration."""

    def __init__(self, profiles: dict[str, dict], *, unit: str, seed: int):
        self.profiles = profiles
        self.unit = unit
        self.seed = seed

    def figure(self, code: str, measure: str, month: MonthOfStory) -> Figure:
        """The figure of an indicator for a month, or the state that explains its absence."""
        profile = self.profiles[code]
        comment = profile.get("comments", {}).get(month.key, "")
        gap = self._gap(profile, month)
        if gap:
            return Figure(state=ValueState(gap[0]), reason=gap[1], comment=comment)
        if self._has_no_case(code, month):
            return Figure(state=ValueState.NO_CASE)
        if measure == Measure.RATE:
            return self._rate(code, month, comment)
        mean = of_year(profile["mean"] if measure == Measure.DAYS else profile["count"], month.year)
        if measure == Measure.DAYS:
            value = max(0.5, self._random(code, month).gauss(mean, profile["spread"]))
            return Figure(value=Decimal(str(round(value, 1))), comment=comment)
        count = round(max(0.0, self._random(code, month).gauss(mean * month.season, math.sqrt(mean))))
        return Figure(value=Decimal(count), comment=comment)

    def _rate(self, code: str, month: MonthOfStory, comment: str) -> Figure:
        rate = of_year(self.profiles[code]["rate"], month.year)
        total = self._volume(code, month)
        random_ = self._random(f"{code}/numerator", month)
        expected = random_.gauss(total * rate, math.sqrt(total * rate * (1 - rate)))
        return Figure(numerator=min(total, max(0, round(expected))), denominator=total, comment=comment)

    def _has_no_case(self, code: str, month: MonthOfStory) -> bool:
        """A delay has no case in the month where its rate has none."""
        source = self.profiles[code].get("of", code)
        return "volume" in self.profiles[source] and self._volume(source, month) == 0

    def _volume(self, code: str, month: MonthOfStory) -> int:
        mean = self.profiles[code]["volume"] * month.season
        random_ = self._random(code, month)
        if mean < SMALL:
            return poisson(random_, mean)
        return max(1, round(random_.gauss(mean, math.sqrt(mean) * 1.5)))

    def _gap(self, profile: dict, month: MonthOfStory) -> list[str] | None:
        gaps = profile.get("gaps", {})
        return gaps.get(month.key) or gaps.get(str(month.year))

    def _random(self, name: str, month: MonthOfStory) -> random.Random:
        return random.Random(f"{self.seed}/{self.unit}/{name}/{month.key}")


def of_year(by_year: list[float], year: int) -> float:
    """The parameter of a year: the list begins in 2021 and its last item holds on."""
    return by_year[min(year - FIRST_YEAR, len(by_year) - 1)]


def poisson(random_: random.Random, mean: float) -> int:
    """A draw of Poisson's law, by Knuth's method, for small means."""
    limit, product, count = math.exp(-mean), random_.random(), 0
    while product > limit:
        product *= random_.random()
        count += 1
    return count
