"""The comparison of préfectures computed ahead: the country's readings are too many to be read at each visit."""

from django.utils import timezone

from indicators.models import Reading
from organisations.models import Unit
from reports import results
from reports.models import ComparedYear

MOST_LIVE = 2_000  # readings of a year: under half a second
YEARS = 2  # the one under way and the last; older ones are read when asked for


def compare_ahead() -> int:
    """Read the last years of each kind of site, where they hold more than `MOST_LIVE` readings; how many were."""
    this_year, done = timezone.localdate().year, 0
    for year in range(this_year - YEARS + 1, this_year + 1):
        if Reading.objects.filter(year=year, value__isnull=False)[MOST_LIVE:].exists():
            for kind in results.KINDS:
                _keep(kind, year)
                done += 1
        else:
            ComparedYear.objects.filter(year=year).delete()
    return done


def _keep(kind: str, year: int) -> None:
    told = results.told_of(results.figures_of(Unit.objects.filter(kind=kind), year))
    ComparedYear.objects.update_or_create(kind=kind, year=year, defaults={"figures": told})
