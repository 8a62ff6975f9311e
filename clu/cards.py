"""What the committees put on the home page: the meeting that comes, and the mandates to renew."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Case, Count, Q, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone

from clu.models import Committee, Mandate, Meeting
from core.base.home import (
    SHOWN_ROWS,
    Others,
    QueueSource,
    StatePart,
    Todo,
    Told,
    Urgency,
    cut,
    home_queue,
    home_state,
    once,
)
from core.base.words import counted
from organisations.permissions import Permission

AHEAD = timedelta(days=60)
LIST = ("clu:committees", "Voir les instances")


def to_convene(request) -> Iterator[Todo]:
    """The meetings of the next two months that the person convenes and that are not convened."""
    mine = [one for one in _coming(request) if one.is_mine]
    others = Others("autre réunion à convoquer", "autres réunions à convoquer", *LIST)
    yield from cut(mine, _to_convene, others, number=mine[0].number if mine else 0)


def _to_convene(meeting: Meeting) -> Todo:
    page, act = (reverse(f"clu:{name}", args=[meeting.pk]) for name in ("meeting", "meeting-convene"))
    where = str(meeting.committee.site)
    return Todo(meeting.title, page, where, due=meeting.held_on, action="Convoquer", action_url=act)


def state(request) -> Iterator[Told]:
    """The next meeting."""
    for meeting in _coming(request)[:1]:
        value = "Convoquée" if meeting.convened_at else "À convoquer"
        yield Told(meeting.title, value, str(meeting.committee.site), reverse("clu:meeting", args=[meeting.pk]))


def _convenes(request) -> set[int]:
    return request.user.access.units_with(Permission.COMMITTEE_EDIT)


def _coming(request) -> list[Meeting]:
    """The first meetings of the next two months: those to convene, `number` in all, and the others; once a request."""
    today = timezone.localdate()
    rows = Meeting.objects.visible_to(request.user).for_list().coming(today).filter(held_on__lte=today + AHEAD)
    is_mine = Q(convened_at=None) & Q(committee__site__among=_convenes(request))
    alike = rows.annotate(is_mine=Case(When(is_mine, then=True), default=False))
    counted_rows = alike.annotate(
        number=Window(Count("pk"), partition_by="is_mine"),
        rank=Window(RowNumber(), partition_by="is_mine", order_by=("held_on", "pk")),
    )
    return once(request, "meetings", lambda: list(counted_rows.filter(rank__lte=SHOWN_ROWS + 1)))


def mandates(request) -> Iterator[Todo]:
    """The committees that the person runs, where a seat is vacant or a mandate ends."""
    today = timezone.localdate()
    lacking = Mandate.objects.to_renew(today).filter(member__committee__site__among=_convenes(request))
    rows = Committee.objects.filter(members__mandates__in=lacking).order_by("site__position", "kind", "pk")
    found = rows.annotate(number=Count("members__mandates")).select_related("site")
    others = Others("autre instance à compléter", "autres instances à compléter", *LIST)
    yield from cut(found, _to_complete, others)


def _to_complete(committee) -> Todo:
    what = counted(committee.number, "siège à désigner ou à renouveler", "sièges à désigner ou à renouveler")
    url = reverse("clu:committee", args=[committee.pk])
    return Todo(f"{committee} : {what}", url, str(committee.site), action="Désigner", urgency=Urgency.LATER)


def register() -> None:
    """Register the lines and how things stand with the home page."""
    home_queue.register(QueueSource("meetings", Permission.COMMITTEE_EDIT, to_convene, 60))
    home_queue.register(QueueSource("mandates", Permission.COMMITTEE_EDIT, mandates, 65))
    home_state.register(StatePart("meetings", Permission.COMMITTEE_VIEW, state, 50))
