"""What contradicts itself in a site's year: every check that the apps registered, asked in their order."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from actions.models import Plan
from core.base.registries import ConsistencyCheck, Contradiction, consistency_checks
from indicators.models import Reading
from organisations.models import Unit
from surveys.models import Campaign


@dataclass(frozen=True)
class Finding:
    """A check, and what it found."""

    check: ConsistencyCheck
    contradictions: Sequence[Contradiction]


def of_year(site: Unit, year: int, *, user=None) -> list[Finding]:
    """Each check with what it found, nothing included; of a person, those that the person may read there."""
    checks = [one for one in consistency_checks if user is None or _may_read(user, one, site)]
    return [Finding(check, list(check.run(site, year))) for check in checks]


def count(site: Unit, year: int, *, user) -> int:
    """How many contradictions a person is to mend."""
    checks = [one for one in consistency_checks if not one.is_omission and _may_read(user, one, site)]
    return sum(len(list(check.run(site, year))) for check in checks)


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
