"""What contradicts itself in a site's year: every check that the apps registered, asked in their order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from actions.models import Plan
from core.base.registries import ConsistencyCheck, Contradiction, consistency_checks
from indicators.models import Reading
from organisations.models import Unit
from reports.models import ContradictionCount
from surveys.models import Campaign


@dataclass(frozen=True)
class Finding:
    """A check, and what it found."""

    check: ConsistencyCheck
    contradictions: Sequence[Contradiction]


@dataclass(frozen=True)
class Count:
    """How many contradictions a site has, and when the oldest of the checks was asked."""

    site: Unit
    number: int
    counted_at: datetime


def of_year(site: Unit, year: int, *, user=None, omissions: bool = True) -> list[Finding]:
    """Each check with what it found, nothing included; of a person, those that the person may read there."""
    asked = (one for one in consistency_checks if omissions or not one.is_omission)
    checks = [one for one in asked if user is None or _may_read(user, one, site)]
    return [Finding(check, list(check.run(site, year))) for check in checks]


def count(site: Unit, year: int, *, user) -> int:
    """How many contradictions of any year a person is to mend at a site, asked now."""
    return sum(len(found.contradictions) for found in of_year(site, year, user=user, omissions=False))


def counted(user, year: int) -> list[Count]:
    """How many contradictions of the year a person is to mend, by site, as they were last counted."""
    counts: dict[int, Count] = {}
    for row in ContradictionCount.objects.visible_to(user).to_mend(year):
        if row.check_code in consistency_checks and _may_read(user, consistency_checks.get(row.check_code), row.site):
            so_far = counts.get(row.site_id, Count(row.site, 0, row.counted_at))
            oldest = min(so_far.counted_at, row.counted_at)
            counts[row.site_id] = Count(row.site, so_far.number + row.number, oldest)
    return list(counts.values())


def rows(sites: Iterable[Unit], year: int | None) -> Iterator[dict[str, str]]:
    """What `manage.py check_consistency` prints: each thing once, whatever the years in which it is found."""
    for site in sites:
        seen = set()
        for one_year in [year] if year else years_of(site):
            for found in of_year(site, one_year):
                for row in _told(site, found):
                    if (key := tuple(row.values())) not in seen:
                        seen.add(key)
                        yield row


def years_of(site: Unit) -> list[int]:
    """The years in which a site has figures, plans or surveys, and the one under way."""
    years = set(Reading.objects.filter(site=site, measured_months__gt=0).order_by().values_list("year", flat=True))
    for days in (
        Plan.objects.filter(site=site, origin_on__isnull=False).values_list("origin_on", flat=True),
        Campaign.objects.filter(site=site).values_list("ends_on", flat=True),
    ):
        years |= {day.year for day in days.order_by()}
    this = timezone.localdate().year
    return sorted(year for year in years | {this} if date.min.year < year <= this)


def _told(site: Unit, found: Finding) -> Iterator[dict[str, str]]:
    for one in found.contradictions:
        yield {
            "check": one.check or found.check.code,
            "severity": one.level,
            "object": one.about or found.check.title,
            "message": one.message,
            "url": one.url or f"{reverse('reports:contradictions')}?site={site.code}",
        }


def _may_read(user, check: ConsistencyCheck, site: Unit) -> bool:
    return not check.permission or user.can(check.permission, site.pk)
