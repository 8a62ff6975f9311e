"""What the committees put on the home page: the meeting that comes, and the mandates to renew."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from clu.enums import MandateStatus
from clu.models import Committee, Meeting
from clu.rules.mandates import seats_on
from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from core.base.words import counted
from organisations.permissions import Permission

MOST = 4
AHEAD = timedelta(days=60)


def to_convene(request) -> CardContent | None:
    """The meetings of the next two months that the person convenes, and what is left to do for each."""
    return _coming(Meeting.objects.filter(committee__site__in=_convenes(request)), "À convoquer", "warning")


def coming(request) -> CardContent | None:
    """Those of which the person only reads."""
    read = Meeting.objects.visible_to(request.user).exclude(committee__site__in=_convenes(request))
    return _coming(read, "Prévue", "info")


def _convenes(request) -> set[int]:
    return request.user.access.units_with(Permission.COMMITTEE_EDIT)


def _coming(meetings, word: str, level: str) -> CardContent | None:
    """Each with whether it is convened, or the word for those that are not."""
    today = timezone.localdate()
    rows = [
        CardRow(
            meeting.title,
            reverse("clu:meeting", args=[meeting.pk]),
            str(meeting.committee.site),
            *(("Convoquée", "success") if meeting.convened_at else (word, level)),
        )
        for meeting in meetings.for_list().coming(today).filter(held_on__lte=today + AHEAD)[:MOST]
    ]
    return CardContent(rows=rows) if rows else None


def mandates(request) -> CardContent | None:
    """The committees that the person runs, where a seat is vacant or a mandate ends."""
    today = timezone.localdate()
    sites = request.user.access.units_with(Permission.COMMITTEE_EDIT)
    rows = []
    for committee in Committee.objects.filter(site__in=sites).select_related("site").order_by("site__position", "kind"):
        seats = seats_on(committee.members.with_mandates(), today)
        number = sum(seat.status != MandateStatus.ACTIVE for seat in seats)
        if number:
            detail = counted(number, "siège à désigner ou à renouveler", "sièges à désigner ou à renouveler")
            rows.append(CardRow(str(committee), reverse("clu:committee", args=[committee.pk]), detail))
    return CardContent(rows=rows[:MOST]) if rows else None


def register() -> None:
    """Register the cards with the home page."""
    home_cards.register(
        HomeCard("meetings", "Réunions à préparer", Permission.COMMITTEE_EDIT, to_convene, position=60, zone="todo")
    )
    home_cards.register(
        HomeCard("meetings-coming", "Prochaines réunions", Permission.COMMITTEE_VIEW, coming, position=60, zone="state")
    )
    home_cards.register(
        HomeCard("mandates", "Mandats à suivre", Permission.COMMITTEE_EDIT, mandates, position=60, zone="missing")
    )
