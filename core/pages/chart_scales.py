"""From figures to places on a drawing: round graduations, heights, and the runs of months that have a value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from core.base.figures import COUNT, RATE

_STEPS = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))


@dataclass(frozen=True)
class Point:
    """A month: its label, its value if it has one, else the state that says why it has none."""

    label: str
    value: Decimal | None
    state: str = ""


@dataclass(frozen=True)
class Scale:
    """A vertical axis between two heights of the drawing (the y of SVG grows downwards)."""

    ticks: tuple[Decimal, ...]
    top: float
    bottom: float

    @property
    def low(self) -> Decimal:
        return self.ticks[0]

    @property
    def high(self) -> Decimal:
        return self.ticks[-1]

    def y(self, value: Decimal) -> float:
        """Height of a value on the drawing."""
        share = float((value - self.low) / (self.high - self.low))
        return round(self.bottom - share * (self.bottom - self.top), 1)


def as_points(points: Iterable[Sequence]) -> list[Point]:
    """Points from `(label, value)` or `(label, value, state)`."""
    return [Point(*point) for point in points]


def runs(points: Sequence[Point]) -> list[list[int]]:
    """Positions of the points with a value, cut where one is missing: a gap is never bridged nor drawn as zero."""
    found: list[list[int]] = []
    for index, point in enumerate(points):
        if point.value is None:
            continue
        if found and found[-1][-1] == index - 1:
            found[-1].append(index)
        else:
            found.append([index])
    return found


def scale_for(values: Sequence[Decimal], *, measure: str, from_zero: bool, top: float, bottom: float) -> Scale:
    """An axis of round graduations that holds every value; bars begin at zero, curves may begin higher."""
    low, high = (min(values), max(values)) if values else (Decimal(0), Decimal(1))
    if from_zero or low < high / 2:
        low = min(low, Decimal(0))
        high = max(high, Decimal(0))
    if low == high:
        low, high = _around(low, measure)
    return Scale(_ticks(low, high, whole=measure == COUNT), top, bottom)


def positions(count: int, left: float, right: float) -> list[float]:
    """The middle of each of `count` equal columns."""
    width = (right - left) / max(count, 1)
    return [round(left + (index + 0.5) * width, 1) for index in range(count)]


def _around(value: Decimal, measure: str) -> tuple[Decimal, Decimal]:
    """An axis for figures that are all the same."""
    if measure == RATE and 0 < value <= 1:
        return max(Decimal(0), value - Decimal("0.1")), min(Decimal(1), value + Decimal("0.1"))
    return (Decimal(0), value) if value > 0 else (value, value + 1)


def _ticks(low: Decimal, high: Decimal, *, whole: bool) -> tuple[Decimal, ...]:
    """Four to seven round graduations from below the lowest to above the highest."""
    raw = Decimal(high - low) / 5  # counts come as whole numbers of Python
    magnitude = Decimal(1).scaleb(raw.adjusted())
    step = next(magnitude * factor for factor in _STEPS if magnitude * factor >= raw)
    if whole:
        step = max(step, Decimal(1))
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return tuple((first + index) * step for index in range(int(last - first) + 1))
