"""Contradictions of the committees: a year without CLU."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from clu.enums import CommitteeKind
from clu.models import Committee, Meeting
from core.base.registries import ConsistencyCheck, Contradiction, consistency_checks
from organisations.models import Unit
from organisations.permissions import Permission

KINDS = (CommitteeKind.CLU, CommitteeKind.CLAC)


def year_without_clu(site: Unit, year: int) -> Iterator[Contradiction]:
    """A committee that exists and did not meet in a year that is over; a year under way is not judged."""
    committee = Committee.objects.filter(site=site, kind__in=KINDS).order_by("pk").first()
    if committee is None or date(year, 12, 31) >= timezone.localdate():
        return
    if not Meeting.objects.filter(committee__site=site, committee__kind__in=KINDS, held_on__year=year).exists():
        yield Contradiction(
            f"Le comité local des usagers n’a pas été réuni en {year} : il l’est au moins une fois par an.",
            reverse("clu:committee", args=[committee.pk]),
        )


def register() -> None:
    """Register the check with the inspector of contradictions."""
    title = "Année sans comité local des usagers"
    consistency_checks.register(
        ConsistencyCheck("year-without-clu", title, year_without_clu, position=60, permission=Permission.COMMITTEE_VIEW)
    )
