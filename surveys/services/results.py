"""The kept summary of a campaign: counted anew on closing, after an import, and regularly while many forms come in."""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from core.base.digests import digest_of
from surveys.enums import CampaignState
from surveys.models import Campaign, CampaignResult
from surveys.results.reading import LIVE_FORMS, count

logger = logging.getLogger(__name__)
LATE_ARRIVALS = timedelta(days=2)


@transaction.atomic
def refresh(campaign: Campaign) -> CampaignResult:
    """Count the forms of the campaign and keep the summary; two refreshes at once queue on its row."""
    CampaignResult.objects.get_or_create(campaign=campaign, defaults={"digest": digest_of({})})
    kept = CampaignResult.objects.select_for_update(of=("self",)).get(campaign=campaign)
    payload = count(campaign)
    kept.payload = payload
    kept.returns = payload["returns"]
    kept.digest = digest_of(payload)
    kept.computed_at = timezone.now()
    kept.save(update_fields=["payload", "returns", "digest", "computed_at"])
    return kept


def refresh_stale() -> int:
    """Count anew the campaigns whose summary lacks forms; how many. One in error stops no other.

    Those open with too many forms to be counted at each reading, and those closed while a form was still coming in.
    """
    done = 0
    for campaign in _stale(timezone.now() - LATE_ARRIVALS):
        try:
            refresh(campaign)
        except Exception:
            logger.exception("results of campaign %s not refreshed", campaign.pk)
        else:
            done += 1
    return done


def _stale(since) -> list[Campaign]:
    watched = Campaign.objects.filter(Q(state=CampaignState.OPEN) | Q(closed_at__gte=since))
    counted = Count("responses", filter=Q(responses__withdrawn_at__isnull=True))
    rows = watched.annotate(number=counted).select_related("result").order_by("pk")
    return [row for row in rows if (not row.is_open or row.number > LIVE_FORMS) and row.number != _known(row)]


def _known(campaign: Campaign) -> int | None:
    kept = getattr(campaign, "result", None)
    return kept.returns if kept else None
