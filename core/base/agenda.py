"""Events of a calendar (iCalendar, RFC 5545): joined to a convocation, or those of a year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Appointment:
    """What one event of a calendar says; see `event_ics`."""

    uid: str
    summary: str
    starts: date | datetime
    ends: date | datetime
    place: str = ""
    description: str = ""
    url: str = ""


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
    return events_ics([Appointment(uid, summary, starts, ends, place, description, url)])


def events_ics(appointments: Iterable[Appointment]) -> bytes:
    """A calendar of several."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//qualepref//convocations//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for one in appointments:
        event = Event()
        event.add("uid", f"{one.uid}@{settings.SITE_URL.split('//')[-1].strip('/')}")
        event.add("dtstamp", timezone.now())
        event.add("dtstart", one.starts)
        event.add("dtend", one.ends if isinstance(one.ends, datetime) else one.ends + DAY)
        event.add("summary", one.summary)
        for name, value in (("location", one.place), ("description", one.description), ("url", one.url)):
            if value:
                event.add(name, value)
        calendar.add_component(event)
    return calendar.to_ical()
