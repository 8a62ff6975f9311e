"""A month of an indicator at a site: one figure out of what its services entered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from indicators.enums import Measure, ValueState

FIRST_YEAR, LAST_YEAR = 2000, 2100  # the years that a page or a file may name
SIX_PLACES = Decimal("0.000001")
# Where services of one site give different states and no figure, the one that needs explaining most is kept.
_STATES_BY_WEIGHT = (
    ValueState.UNAVAILABLE,
    ValueState.CLOSED,
    ValueState.SUSPENDED,
    ValueState.NO_CASE,
    ValueState.NOT_APPLICABLE,
)


def months_over(year: int, today: date) -> int:
    """How many months of the year have ended: those that may be expected. 12 of a past year, none of one to come."""
    return 12 if year < today.year else today.month - 1 if year == today.year else 0


def month_shown(year: int, today: date) -> int:
    """The last month of the year that can be complete; January where none can be yet."""
    return max(1, months_over(year, today))


def ratio(numerator: int, denominator: int) -> Decimal:
    """A ratio as it is stored: six decimal places."""
    return (Decimal(numerator) / Decimal(denominator)).quantize(SIX_PLACES)


@dataclass(frozen=True)
class UnitPart:
    """What one service entered for a month."""

    unit_id: int
    state: str
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    reason: str = ""
    comment: str = ""
    version: int = 0
    is_amendment: bool = False

    @property
    def counts(self) -> tuple[int, int] | None:
        """(numerator, denominator), where both are known."""
        return None if self.numerator is None or self.denominator is None else (self.numerator, self.denominator)

    @property
    def has_counts(self) -> bool:
        return self.counts is not None


@dataclass(frozen=True)
class Month:
    """The figure of a site for a month. `value` is a ratio, working days or a count; None when not measured."""

    month: int
    state: str = ValueState.MISSING
    value: Decimal | None = None
    numerator: int | None = None
    denominator: int | None = None
    reason: str = ""
    comment: str = ""
    is_amendment: bool = False
    unit_id: int | None = None
    version: int = 0
    parts: int = 0
    parts_missing: int = 0

    @property
    def is_measured(self) -> bool:
        return self.state == ValueState.MEASURED

    @property
    def counts(self) -> tuple[int, int] | None:
        """(numerator, denominator), where both are known."""
        return None if self.numerator is None or self.denominator is None else (self.numerator, self.denominator)

    @property
    def has_counts(self) -> bool:
        return self.counts is not None

    def to_json(self) -> dict:
        """The month as kept in `Reading.months`: figures are strings, so that nothing is rounded."""
        row = {"month": self.month, "state": str(self.state), "value": None if self.value is None else str(self.value)}
        counts = {"numerator": self.numerator, "denominator": self.denominator}
        optional = {
            "reason": self.reason,
            "comment": self.comment,
            "amended": self.is_amendment,
            "unit_id": self.unit_id,
            "version": self.version,
            "parts": self.parts if self.parts > 1 else 0,
            "parts_missing": self.parts_missing,
        }
        row |= {key: value for key, value in counts.items() if value is not None}  # a count of 0 is a count
        return row | {key: value for key, value in optional.items() if value not in (None, "", 0, False)}

    @classmethod
    def from_json(cls, row: dict) -> "Month":
        value = row.get("value")
        return cls(
            month=row["month"],
            state=row["state"],
            value=None if value is None else Decimal(value),
            numerator=row.get("numerator"),
            denominator=row.get("denominator"),
            reason=row.get("reason", ""),
            comment=row.get("comment", ""),
            is_amendment=row.get("amended", False),
            unit_id=row.get("unit_id"),
            version=row.get("version", 0),
            parts=row.get("parts", 1),
            parts_missing=row.get("parts_missing", 0),
        )


def combine(month: int, parts: Sequence[UnitPart], *, measure: str, expected_units: int = 0) -> Month:
    """One figure out of what the services of a site entered.

    Counts are added up and divided once; without counts a rate or a delay is the mean of the services, a number their
    sum. A site where some services measured is measured; the others are told in `parts_missing`.
    """
    entered = [part for part in parts if part.state != ValueState.MISSING]
    measured = [part for part in entered if part.state == ValueState.MEASURED]
    unit_id, version = (entered[0].unit_id, entered[0].version) if len(entered) == 1 else (None, 0)
    numerator, denominator = _added_counts(measured)
    return Month(
        month=month,
        state=ValueState.MEASURED if measured else _common_state(entered),
        value=_combined_value(measured, measure, numerator, denominator),
        numerator=numerator,
        denominator=denominator,
        reason=_joined(part.reason for part in entered),
        comment=_joined(part.comment for part in entered),
        is_amendment=any(part.is_amendment for part in entered),
        unit_id=unit_id,
        version=version,
        parts=len(entered),
        parts_missing=max(0, expected_units - len(entered)) if entered else 0,
    )


def _common_state(entered: Sequence[UnitPart]) -> str:
    states = {part.state for part in entered}
    return next((state for state in _STATES_BY_WEIGHT if state in states), ValueState.MISSING)


def _added_counts(measured: Sequence[UnitPart]) -> tuple[int | None, int | None]:
    counts = [part.counts for part in measured if part.counts]
    if not counts or len(counts) < len(measured):
        return None, None
    return sum(above for above, _ in counts), sum(below for _, below in counts)


def _combined_value(measured: Sequence[UnitPart], measure: str, numerator, denominator) -> Decimal | None:
    values = [part.value for part in measured if part.value is not None]
    if len(values) <= 1:
        return values[0] if values else None
    if measure == Measure.COUNT:
        return sum(values, Decimal(0))
    if denominator:
        return ratio(numerator, denominator)
    return (sum(values, Decimal(0)) / len(values)).quantize(SIX_PLACES)


def _joined(texts: Iterable[str]) -> str:
    return " ; ".join(dict.fromkeys(text for text in texts if text))
