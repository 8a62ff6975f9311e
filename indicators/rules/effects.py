"""Did it work? The months measured before an action was done beside those measured after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MONTHS = 3  # on each side


@dataclass(frozen=True)
class BeforeAndAfter:
    """Simple means of the months measured nearest to the day, before and after; None where there is none."""

    before: Decimal | None
    after: Decimal | None
    months_before: int
    months_after: int

    @property
    def difference(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before


def compare(series: Sequence[tuple[int, int, Decimal]], done_on: date) -> BeforeAndAfter:
    """Compare the months (year, month, value), in their order, around that day; its own month tells nothing."""
    month = done_on.year, done_on.month
    before = [value for *when, value in series if tuple(when) < month][-MONTHS:]
    after = [value for *when, value in series if tuple(when) > month][:MONTHS]
    return BeforeAndAfter(_mean(before), _mean(after), len(before), len(after))


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None
