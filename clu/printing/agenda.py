"""The meeting as an event of a calendar."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from clu.models import Meeting
from core.base.agenda import event_ics

LENGTH = timedelta(hours=2)


def ics(meeting: Meeting, *, address: str = "") -> bytes:
    """One event of two hours; of the whole day while the hour is not known."""
    starts: date | datetime = meeting.held_on
    ends = starts
    if meeting.starts_at:
        starts = timezone.make_aware(datetime.combine(meeting.held_on, meeting.starts_at))
        ends = starts + LENGTH
    return event_ics(
        uid=f"reunion-{meeting.pk}",
        summary=f"{meeting.committee.short_on(meeting.held_on)} – {meeting.committee.site}",
        starts=starts,
        ends=ends,
        place=meeting.place,
        description="\n".join(f"- {item.title}" for item in meeting.items.all()),
        url=address,
    )
