"""Where a value stands among others: percentiles by linear interpolation, and the part that a value reaches."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal

SHOWN = (10, 25, 50, 75, 90)


def percentile(values: Sequence[Decimal], part: int) -> Decimal:
    """The value under which `part` percent of sorted values stand, between two of them where it falls so."""
    place = Decimal(len(values) - 1) * part / 100
    below = int(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (values[above] - values[below]) * (place - below)


def rank_of(value: Decimal, values: Sequence[Decimal]) -> int:
    """The percentile that a value reaches among sorted values, itself included: half of its equals stand under it."""
    under, equal = bisect_left(values, value), bisect_right(values, value) - bisect_left(values, value)
    return round(Decimal(100) * (under + Decimal(equal) / 2) / len(values))
