"""All one's sites side by side: the year of each indicator, the months of entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from indicators.completeness import completeness_of
from indicators.enums import CampaignState
from indicators.models import Campaign, Reading
from indicators.rules.words import short_figure
from indicators.tables.grid import MET, hint_of
from organisations.models import Unit


@dataclass(frozen=True, slots=True)
class SiteCell:
    """What one site says: its words, how it stands, where it leads; empty where it follows nothing."""

    site: str
    text: str = ""
    state: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class SitesRow:
    """An indicator, or a month, at each site."""

    label: str
    hint: str
    cells: list[SiteCell]


def indicator_rows(readings: Iterable[Reading], sites: Sequence[tuple[Unit, str]]) -> dict[str, list[SitesRow]]:
    """Family → its indicators with the year of each site; `sites` come with their short name."""
    found: dict[str, dict[int, dict[int, Reading]]] = {}
    for reading in readings:
        family = found.setdefault(reading.indicator.family.name, {})
        family.setdefault(reading.indicator_id, {})[reading.site_id] = reading
    return {name: [_indicator_row(known, sites) for known in rows.values()] for name, rows in found.items()}


def _indicator_row(known: dict[int, Reading], sites: Sequence[tuple[Unit, str]]) -> SitesRow:
    indicator = next(iter(known.values())).indicator
    hint = hint_of(indicator.engagement.short if indicator.engagement else "", indicator.measure)
    return SitesRow(indicator.label, hint, [_year(known.get(site.pk), site, name) for site, name in sites])


def _year(reading: Reading | None, site: Unit, name: str) -> SiteCell:
    if reading is None:
        return SiteCell(name)
    url = reverse("indicators:why", args=[reading.indicator.code, site.code, reading.year])
    text = short_figure(reading.value, reading.indicator.measure, "non saisi")
    return SiteCell(name, text, MET[reading.target_met], url)


def month_rows(sites: Sequence[tuple[Unit, str]], year: int, names: Sequence[str], *, today: date) -> list[SitesRow]:
    """The twelve months of entry at each site, in a constant number of queries."""
    campaigns = Campaign.objects.filter(site__in=[site for site, _name in sites], year=year)
    counts = {(one.campaign.site_id, one.campaign.month): one for one in completeness_of(campaigns)}
    return [
        SitesRow(label, "", [_month(counts.get((site.pk, month)), name, today) for site, name in sites])
        for month, label in enumerate(names, start=1)
    ]


def _month(count, name: str, today: date) -> SiteCell:
    if count is None:
        return SiteCell(name)
    campaign = count.campaign
    state = campaign.state
    if state == CampaignState.OPEN and campaign.due_on < today and count.missing:
        state = "late"
    return SiteCell(name, f"{count.entered} sur {count.due}", state, reverse("indicators:campaign", args=[campaign.pk]))
