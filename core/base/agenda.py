"""An event of a calendar (iCalendar, RFC 5545), joined to a convocation."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

DAY = timedelta(days=1)


def event_ics(
    *,
    uid: str,
    summary: str,
    starts: date | datetime,
    ends: date | datetime,
    place: str = "",
    description: str = "",
    url: str = "",
) -> bytes:
    """One event; of whole days where `starts` and `ends` are days, the last included.

    `uid` is the event's own in this installation: sent again, it takes the place of the one already in the calendar.
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//qualepref//convocations//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{uid}@{settings.SITE_URL.split('//')[-1].strip('/')}")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", starts)
    event.add("dtend", ends if isinstance(ends, datetime) else ends + DAY)
    event.add("summary", summary)
    for name, value in (("location", place), ("description", description), ("url", url)):
        if value:
            event.add(name, value)
    calendar.add_component(event)
    return calendar.to_ical()
