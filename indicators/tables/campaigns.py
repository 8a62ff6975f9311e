"""The months of a site and year: completeness of each, in three queries."""

from dataclasses import dataclass
from datetime import date

from core.base.months import MONTH_NAMES
from indicators.enums import CampaignState, Frequency, ValueState
from indicators.models import Assignment, Campaign, Value
from organisations.models import Unit


@dataclass(frozen=True)
class MonthRow:
    """One month: its campaign if it was opened, figures entered and due."""

    month: int
    name: str
    campaign: Campaign | None
    entered: int
    due: int
    is_late: bool
    is_over: bool

    @property
    def can_open(self) -> bool:
        """A month that has ended and was not opened, where something is due."""
        return self.campaign is None and self.is_over and self.due > 0

    @property
    def lacking(self) -> int:
        return self.due - self.entered

    @property
    def state(self) -> str:
        return self.campaign.state if self.campaign else ""


def month_rows(site: Unit, year: int, *, today: date) -> list[MonthRow]:
    """The twelve months of the year."""
    campaigns = {row.month: row for row in Campaign.objects.filter(site=site, year=year)}
    due, entered = due_pairs(site, year), entered_pairs(site, year)
    rows = []
    for month, name in enumerate(MONTH_NAMES, start=1):
        campaign = campaigns.get(month)
        is_late = bool(campaign and campaign.state == CampaignState.OPEN and campaign.due_on < today)
        done, expected = len(due[month] & entered[month]), len(due[month])
        is_over = (year, month) < (today.year, today.month)
        rows.append(MonthRow(month, name, campaign, done, expected, is_late, is_over))
    return rows


def due_pairs(site: Unit, year: int) -> dict[int, set[tuple[int, int]]]:
    """(indicator, service) pairs expected in each month."""
    rows = Assignment.objects.filter(site=site, indicator__is_active=True, indicator__collector="").overlapping(year)
    fields = ("indicator_id", "unit_id", "indicator__frequency", "valid_from", "valid_until")
    pairs: dict[int, set] = {month: set() for month in range(1, 13)}
    for indicator, unit, frequency, start, end in rows.values_list(*fields):
        for month in Frequency(frequency).due_months:
            first = date(year, month, 1)
            last = date(year + month // 12, month % 12 + 1, 1)
            if start < last and (end is None or end >= first):
                pairs[month].add((indicator, unit))
    return pairs


def entered_pairs(site: Unit, year: int) -> dict[int, set[tuple[int, int]]]:
    """(indicator, service) pairs entered in each month."""
    rows = Value.objects.filter(site=site, year=year).exclude(state=ValueState.MISSING)
    pairs: dict[int, set] = {month: set() for month in range(1, 13)}
    for month, indicator, unit in rows.order_by().values_list("month", "indicator_id", "unit_id"):
        pairs[month].add((indicator, unit))
    return pairs
