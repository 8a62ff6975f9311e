"""What the deck of the next meeting lacks, listed before it, each with who answers for it."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from clu.models import Meeting
from clu.publications.deck import blanks_of
from core.base.registries import ConsistencyCheck, Contradiction, consistency_checks
from organisations.models import Unit
from organisations.permissions import Permission

AHEAD = timedelta(days=60)


def blanks(site: Unit, year: int) -> Iterator[Contradiction]:
    """What is not typed and that the deck of a meeting of the year, to come within two months, will show as such."""
    today = timezone.localdate()
    rows = Meeting.objects.for_list().filter(committee__site=site, held_on__year=year)
    for meeting in rows.filter(held_on__range=(today, today + AHEAD)).order_by("held_on", "pk"):
        for blank in blanks_of(meeting, today=today):
            yield Contradiction(
                f"{meeting.title}, « {blank.item} » : {blank.sentence}.",
                blank.url or reverse("clu:meeting", args=[meeting.pk]),
            )


def register() -> None:
    """Register the check with the inspector of contradictions."""
    title = "Diaporama de la prochaine réunion : non saisi"
    consistency_checks.register(
        ConsistencyCheck("deck-blanks", title, blanks, 61, Permission.COMMITTEE_VIEW, is_omission=True)
    )
