"""What a rate is worth: its 95 % interval (Wilson), right for small bases and for rates near 0 or 1. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

Z95 = 1.959963984540054  # standard normal quantile of 97.5 %


@dataclass(frozen=True)
class Interval:
    """Where the true rate is, nineteen times out of twenty, had everyone been asked."""

    low: Decimal
    high: Decimal

    @property
    def width(self) -> Decimal:
        return self.high - self.low


def share(part: int, whole: int) -> Decimal | None:
    """The part of the whole as a ratio; None without anything, never 0."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole}")
    return Decimal(part) / whole if whole else None


def wilson(part: int, whole: int) -> Interval | None:
    """The 95 % Wilson interval; None without anything."""
    found = share(part, whole)
    return None if found is None else wilson_of_rate(found, whole)


def wilson_of_rate(rate: Decimal, base: float) -> Interval:
    """The Wilson interval of a rate known on a base (> 0), which need not be the number of its answers."""
    p, z2 = float(rate), Z95 * Z95
    centre = (p + z2 / (2 * base)) / (1 + z2 / base)
    half = Z95 * sqrt(p * (1 - p) / base + z2 / (4 * base * base)) / (1 + z2 / base)
    low = Decimal(0) if rate == 0 else Decimal(str(max(0.0, centre - half)))
    high = Decimal(1) if rate == 1 else Decimal(str(min(1.0, centre + half)))
    return Interval(min(low, rate), max(high, rate))
