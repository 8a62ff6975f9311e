"""Figures computed by the applications, written into the open months. What a person typed or sent is never replaced."""

import logging
from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q

from core.base.errors import UserError
from indicators.collectors import Collector, Measured, collectors
from indicators.enums import CampaignState, Source, ValueState
from indicators.models import Campaign, Indicator, Value
from indicators.services.values import EntryCell, Figure, Written, write_many
from organisations.models import Unit

logger = logging.getLogger(__name__)
REASON = "Calcul automatique"


@transaction.atomic
def collect(campaign: Campaign, *, by) -> Written:
    """Compute again the automatic figures of an open month; those that did not change are left alone.

    UserError on a month that is not open: a figure already read does not move by itself.
    """
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("site").get(pk=campaign.pk)
    if campaign.state != CampaignState.OPEN:
        raise UserError("Seuls les chiffres d’un mois ouvert se recalculent : rouvrez d’abord ce mois.")
    changes = [(cell, figure_of(found)) for cell, found in _computed(campaign)]
    return write_many(changes, by=by, reason=REASON, source=Source.COLLECTED)


def collect_open_months(*, by=None) -> int:
    """Compute the automatic figures of every open month; how many were written. One site in error stops no other."""
    count = 0
    for campaign in Campaign.objects.open().select_related("site").order_by("pk"):
        try:
            written = collect(campaign, by=by)
        except Exception:
            logger.exception("automatic figures of campaign %s not computed", campaign.pk)
        else:
            count += written.created + written.changed
    return count


@transaction.atomic
def correct(site: Unit, months: Iterable[date], *, of: str, by, reason: str) -> int:
    """Compute again, in months no longer open, the figures whose collector begins with `of`: what they count changed.

    `months`: any day of each. A closed month gets a correction, with the reason; how many figures moved.
    """
    moved = 0
    for year, month in sorted({(day.year, day.month) for day in months}):
        rows = Campaign.objects.select_for_update(of=("self",)).select_related("site")
        for campaign in rows.filter(site=site, year=year, month=month).exclude(state=CampaignState.OPEN):
            changes = [(cell, figure_of(found)) for cell, found in _computed(campaign, of)]
            written = write_many(changes, by=by, reason=reason, source=Source.COLLECTED, amendment_reason=reason)
            moved += written.created + written.changed
    return moved


def automatic(site: Unit, year: int, month: int):
    """The indicators computed for a month of a site: followed, due that month, with a collector that is known."""
    above = [unit.pk for unit in site.ancestors(include_self=True)]
    rows = Indicator.objects.filter(Q(owner__isnull=True) | Q(owner_id__in=above), is_active=True)
    known = [collector.code for collector in collectors]
    return [row for row in rows.filter(collector__in=known).order_by("pk") if month in row.due_months]


def figure_of(found: Measured | None) -> Figure:
    """What is written for what was computed; no case is « aucun cas », never 0."""
    if found is None:
        return Figure(state=ValueState.NO_CASE)
    return Figure(value=found.value, numerator=found.numerator, denominator=found.denominator)


def _computed(campaign: Campaign, of: str = ""):
    site, year, month = campaign.site, campaign.year, campaign.month
    indicators = [row for row in automatic(site, year, month) if row.collector.startswith(of)]
    typed = _typed(indicators, campaign)
    concerned: dict[str, bool] = {}
    for indicator in indicators:
        collector: Collector = collectors.get(indicator.collector)
        if collector.code not in concerned:
            concerned[collector.code] = collector.concerns(site)
        if concerned[collector.code] and indicator.pk not in typed:
            cell = EntryCell(indicator, unit_id=site.pk, site_id=site.pk, year=year, month=month)
            yield cell, collector.compute(site, year, month)


def _typed(indicators: list[Indicator], campaign: Campaign) -> set[int]:
    """Indicators of which somebody typed or sent the figure of the month, in whatever service of the site."""
    rows = Value.objects.filter(
        indicator__in=indicators, site=campaign.site, year=campaign.year, month=campaign.month
    ).exclude(source=Source.COLLECTED)
    return set(rows.exclude(state=ValueState.MISSING).values_list("indicator_id", flat=True))
