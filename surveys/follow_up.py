"""How a campaign goes: its returns by day, place, channel and point, counted in one query, and its curve."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count

from core.base.months import short_month_name
from surveys.enums import CampaignState, Channel
from surveys.models import Campaign, CollectionPoint, Place, Response
from surveys.rules.pace import Pace

MOST_POINTS = 13  # beyond, a curve no longer shows its figures
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class FollowUp:
    """The returns of one campaign on a day."""

    campaign: Campaign
    pace: Pace
    by_day: dict[date, int]
    by_channel: list[tuple[str, int]]
    by_place: list[tuple[str, int]]
    by_point: dict[int | None, int]

    @property
    def returns(self) -> int:
        return self.pace.returns

    @property
    def curve(self) -> list[tuple[str, int]]:
        """(label, returns since the beginning) at the end of each day, week or month until now."""
        last = min(self.pace.on, self.campaign.ends_on)
        ends = list(_ends(self.campaign.starts_on, last))
        return [(label, sum(n for day, n in self.by_day.items() if day <= end)) for label, end in ends]


def follow(campaign: Campaign, *, on: date) -> FollowUp:
    """Count the forms of a campaign; those set aside are out. Two queries, whatever the number of forms."""
    rows = Response.objects.filter(campaign=campaign).counted().order_by()
    days: Counter = Counter()
    channels: Counter = Counter()
    places: Counter = Counter()
    points: Counter = Counter()
    for *keys, number in rows.values_list("answered_on", "channel", "place_id", "point_id").annotate(n=Count("pk")):
        for counter, key in zip((days, channels, places, points), keys, strict=True):
            counter[key] += number
    return FollowUp(
        campaign=campaign,
        pace=pace_of(campaign, sum(days.values()), on=on),
        by_day=dict(days),
        by_channel=[(channel.label, channels[channel]) for channel in Channel if channels[channel]],
        by_place=_by_place(campaign, places),
        by_point=dict(points),
    )


def pace_of(campaign: Campaign, returns: int, *, on: date) -> Pace:
    """The pace of a campaign whose returns are known; a closed one is read on the day after its end."""
    if campaign.state == CampaignState.CLOSED:
        on = campaign.ends_on + timedelta(days=1)
    pace = Pace(returns, campaign.goal, campaign.starts_on, campaign.ends_on, on)
    return replace(pace, noun=("test", "tests"), is_steady=False) if campaign.is_mystery else pace


def points_of(campaign: Campaign, user) -> list[CollectionPoint]:
    """The ways in of a campaign, in the order they were made."""
    return list(CollectionPoint.objects.visible_to(user).filter(campaign=campaign).select_related("place", "campaign"))


def _by_place(campaign: Campaign, counted: Counter) -> list[tuple[str, int]]:
    names = dict(Place.objects.filter(site=campaign.site_id).order_by("position", "name").values_list("pk", "name"))
    rows = [(name, counted[pk]) for pk, name in names.items() if counted[pk]]
    unknown = sum(number for pk, number in counted.items() if pk not in names)
    return [*rows, ("Lieu non précisé", unknown)] if unknown and rows else rows


def _ends(first: date, last: date) -> Iterable[tuple[str, date]]:
    """(label, last day) of each step of the curve: days, else weeks back from the last day, else months."""
    if last < first:
        return []
    days = (last - first).days + 1
    if days <= MOST_POINTS:
        return [(f"{day:%d/%m}", day) for day in (first + timedelta(days=n) for n in range(days))]
    if days <= MOST_POINTS * 7:
        ends = [last - WEEK * n for n in range((days - 1) // 7 + 1)]
        return [(f"{end:%d/%m}", end) for end in reversed(ends)]
    return _month_ends(first, last)


def _month_ends(first: date, last: date) -> list[tuple[str, date]]:
    ends, month = [], first.replace(day=1)
    while month <= last:
        following = (month + timedelta(days=32)).replace(day=1)
        ends.append((f"{short_month_name(month.month)} {month:%y}", min(following - timedelta(days=1), last)))
        month = following
    return ends
