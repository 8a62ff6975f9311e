"""What the committees put on the home page: the meeting that comes, and the mandates to renew."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from clu.enums import MandateStatus
from clu.models import Meeting, Member
from clu.rules.mandates import seats_on
from core.base.home import QueueSource, StatePart, Todo, Told, Urgency, home_queue, home_state, once
from core.base.words import counted
from organisations.permissions import Permission

AHEAD = timedelta(days=60)


def to_convene(request) -> Iterator[Todo]:
    """The meetings of the next two months that the person convenes and that are not convened."""
    for meeting in _coming(request):
        if meeting.convened_at is None and meeting.committee.site_id in _convenes(request):
            page, act = (reverse(f"clu:{name}", args=[meeting.pk]) for name in ("meeting", "meeting-convene"))
            where = str(meeting.committee.site)
            yield Todo(meeting.title, page, where, due=meeting.held_on, action="Convoquer", action_url=act)


def state(request) -> Iterator[Told]:
    """The next meeting."""
    for meeting in _coming(request)[:1]:
        value = "Convoquée" if meeting.convened_at else "À convoquer"
        yield Told(meeting.title, value, str(meeting.committee.site), reverse("clu:meeting", args=[meeting.pk]))


def _convenes(request) -> set[int]:
    return request.user.access.units_with(Permission.COMMITTEE_EDIT)


def _coming(request) -> list[Meeting]:
    """The meetings of the next two months that one reads, read once a request."""
    today = timezone.localdate()
    rows = Meeting.objects.visible_to(request.user).for_list().coming(today).filter(held_on__lte=today + AHEAD)
    return once(request, "meetings", lambda: list(rows))


def mandates(request) -> Iterator[Todo]:
    """The committees that the person runs, where a seat is vacant or a mandate ends."""
    today = timezone.localdate()
    members = Member.objects.filter(committee__site__in=_convenes(request)).with_mandates()
    members = members.select_related("committee__site").order_by("committee__site__position", "committee__kind", "pk")
    lacking = Counter(seat.member.committee for seat in seats_on(members, today) if seat.status != MandateStatus.ACTIVE)
    for committee, number in lacking.items():
        what = counted(number, "siège à désigner ou à renouveler", "sièges à désigner ou à renouveler")
        url = reverse("clu:committee", args=[committee.pk])
        yield Todo(f"{committee} : {what}", url, str(committee.site), action="Désigner", urgency=Urgency.LATER)


def register() -> None:
    """Register the lines and how things stand with the home page."""
    home_queue.register(QueueSource("meetings", Permission.COMMITTEE_EDIT, to_convene, 60))
    home_queue.register(QueueSource("mandates", Permission.COMMITTEE_EDIT, mandates, 65))
    home_state.register(StatePart("meetings", Permission.COMMITTEE_VIEW, state, 50))
