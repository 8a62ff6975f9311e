"""The contradictions counted ahead: the home page reads how many there are, it never asks the checks themselves."""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F, Max, Q
from django.utils import timezone

from organisations.models import Unit
from reports import contradictions
from reports.contradictions import Finding
from reports.models import ContradictionCount

MOST = 20  # sites counted at once: every ten minutes, a préfecture within the hour, the country within the day
AGE = timedelta(hours=1)
logger = logging.getLogger(__name__)


def count_due(*, most: int = MOST) -> int:
    """Count the sites counted longest ago, none twice in an hour; how many. One in error stops no other."""
    year, now = timezone.localdate().year, timezone.now()
    last = Max("contradiction_counts__counted_at", filter=Q(contradiction_counts__year=year))
    due = Unit.objects.sites().annotate(last=last).filter(Q(last=None) | Q(last__lte=now - AGE))
    done = 0
    for site in due.order_by(F("last").asc(nulls_first=True), "pk")[:most]:
        try:
            _keep(site, year, contradictions.of_year(site, year, omissions=False))
        except Exception:
            logger.exception("contradictions of %s not counted", site.code)
        else:
            done += 1
    return done


def _keep(site: Unit, year: int, found: Iterable[Finding]) -> None:
    """Keep how many contradictions each check just found."""
    now = timezone.now()
    ContradictionCount.objects.bulk_create(
        (
            ContradictionCount(
                site=site, year=year, check_code=one.check.code, number=len(one.contradictions), counted_at=now
            )
            for one in found
        ),
        update_conflicts=True,
        unique_fields=["site", "year", "check_code"],
        update_fields=["number", "counted_at"],
    )
