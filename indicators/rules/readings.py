"""The year of an indicator read from its months, under its rule, with the other reading beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.enums import Direction, YearRule
from indicators.rules.months import Month

TWELVE_PLACES = Decimal("0.000000000001")


@dataclass(frozen=True)
class YearReading:
    """The readings of a year. `value` is the one of `rule`, the rule truly applied; None means « sans objet »."""

    rule: str
    value: Decimal | None
    weighted: Decimal | None
    mean: Decimal | None
    total: Decimal | None
    last: Decimal | None
    used: tuple[int, ...]

    @property
    def other(self) -> Decimal | None:
        """The other of weighted and mean, where both exist and the rule is one of them."""
        others: dict[str, Decimal | None] = {YearRule.WEIGHTED: self.mean, YearRule.MEAN: self.weighted}
        return others.get(self.rule)


def read_year(months: Sequence[Month], rule: str) -> YearReading:
    """Read the year: only measured months count; none gives None, never 0.

    The weighted reading needs the counts of every measured month; failing that, the rule falls back to the mean and
    says so in `rule`.
    """
    measured = [month for month in months if month.is_measured and month.value is not None]
    values = [month.value for month in measured if month.value is not None]
    total = sum(values, Decimal(0)) if values else None
    mean = None if total is None else (total / len(values)).quantize(TWELVE_PLACES)
    weighted = _weighted(measured)
    applied = YearRule.MEAN if rule == YearRule.WEIGHTED and weighted is None else YearRule(rule)
    last = values[-1] if values else None
    by_rule = {YearRule.WEIGHTED: weighted, YearRule.MEAN: mean, YearRule.SUM: total, YearRule.LAST: last}
    return YearReading(
        rule=applied,
        value=by_rule[applied],
        weighted=weighted,
        mean=mean,
        total=total,
        last=last,
        used=tuple(month.month for month in measured),
    )


def _weighted(measured: Sequence[Month]) -> Decimal | None:
    counts = [month.counts for month in measured if month.counts]
    if not counts or len(counts) < len(measured):
        return None
    denominator = sum(part[1] for part in counts)
    return (Decimal(sum(part[0] for part in counts)) / denominator).quantize(TWELVE_PLACES)


def is_met(value: Decimal | None, direction: str, target: Decimal | None) -> bool | None:
    """Whether a target is met; None when there is no value or no target."""
    if value is None or target is None:
        return None
    at_least, at_most, below = value >= target, value <= target, value < target
    tests: dict[str, bool] = {Direction.AT_LEAST: at_least, Direction.AT_MOST: at_most, Direction.BELOW: below}
    return tests.get(direction)


def trend(months: Sequence[Month], direction: str) -> str:
    """How the last measured month compares with the mean of the (up to) three before: better, worse, stable or "".

    A move of less than one hundredth of the former level is stable. Without a direction: up or down.
    """
    values = [month.value for month in months if month.is_measured and month.value is not None]
    if len(values) < 2:
        return ""
    before = values[-4:-1]
    level = sum(before, Decimal(0)) / len(before)
    move = values[-1] - level
    if abs(move) <= abs(level) / 100:
        return "stable"
    if not direction:
        return "up" if move > 0 else "down"
    return "better" if (move > 0) == (direction == Direction.AT_LEAST) else "worse"
