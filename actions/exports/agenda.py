"""Deadlines as a calendar that other programs subscribe to (iCalendar, RFC 5545)."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from actions.models import Action
from actions.tables.cells import responsibles_text
from core.jobs import notices
from core.time.fuzzy_dates import words

REFRESH_HOURS = 12


def agenda(actions: Iterable[Action], *, name: str) -> bytes:
    """One event a day long for each action, on the latest day of its deadline."""
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//qualepref//plans d’actions//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=REFRESH_HOURS), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{REFRESH_HOURS}H")
    for action in actions:
        calendar.add_component(_filled(Event(), action))
    return calendar.to_ical()


def _filled(event, action: Action):
    event.add("uid", f"action-{action.pk}@qualepref")
    event.add("dtstamp", timezone.now())
    event.add("dtstart", action.deadline_latest)
    event.add("dtend", action.deadline_latest + timedelta(days=1))
    event.add("summary", f"Échéance : {action.title}")
    event.add("description", _description(action))
    event.add("url", notices.absolute(reverse("actions:action", args=[action.pk])))
    event.add("transp", "TRANSPARENT")  # a deadline does not make anybody busy
    return event


def _description(action: Action) -> str:
    lines = [action.finding.plan.title, f"Échéance : {action.deadline.text} ({words(action.deadline)})"]
    if who := responsibles_text(action):
        lines.append(f"Responsables : {who}")
    lines.append(f"Statut : {action.get_status_display()}")
    return "\n".join(lines)
