"""How many figures are due and missing in months of entry, in three queries whatever their number."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from indicators.enums import Frequency, ValueState
from indicators.models import Assignment, Campaign, Value


@dataclass(frozen=True)
class Completeness:
    """Figures due for a month and those still missing."""

    campaign: Campaign
    due: int
    missing: int
    lacking: frozenset[int] = frozenset()  # the services whose figures are missing

    @property
    def entered(self) -> int:
        return self.due - self.missing


def completeness_of(campaigns: Iterable[Campaign], *, unit_ids: Collection[int] | None = None) -> list[Completeness]:
    """The completeness of each month, of the given units alone where some are named."""
    campaigns = list(campaigns)
    if not campaigns:
        return []
    assignments = _assignments(campaigns, unit_ids)
    entered = _entered(campaigns)
    return [_count(campaign, assignments, entered) for campaign in campaigns]


def _assignments(campaigns: list[Campaign], unit_ids: Collection[int] | None) -> list[tuple]:
    rows = Assignment.objects.filter(
        site_id__in={campaign.site_id for campaign in campaigns}, indicator__is_active=True, indicator__collector=""
    ).order_by("pk")
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=unit_ids)
    fields = ("site_id", "indicator_id", "unit_id", "indicator__frequency", "valid_from", "valid_until")
    return list(rows.values_list(*fields))


def _entered(campaigns: list[Campaign]) -> set[tuple]:
    rows = Value.objects.filter(
        site_id__in={campaign.site_id for campaign in campaigns},
        year__in={campaign.year for campaign in campaigns},
        month__in={campaign.month for campaign in campaigns},
    ).exclude(state=ValueState.MISSING)
    return set(rows.order_by().values_list("indicator_id", "unit_id", "year", "month"))


def _count(campaign: Campaign, assignments: list[tuple], entered: set[tuple]) -> Completeness:
    first = date(campaign.year, campaign.month, 1)
    after = date(campaign.year + campaign.month // 12, campaign.month % 12 + 1, 1)
    frequencies = Frequency.due_in(campaign.month)
    due = {
        (indicator_id, unit_id)
        for site_id, indicator_id, unit_id, frequency, start, end in assignments
        if site_id == campaign.site_id and frequency in frequencies and start < after and (end is None or end >= first)
    }
    missing = [key for key in due if (*key, campaign.year, campaign.month) not in entered]
    return Completeness(campaign, len(due), len(missing), frozenset(unit_id for _indicator_id, unit_id in missing))
