"""Deadlines of actions: read in their words, moved with a reason, followed when their event gets a day."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone

from actions.models import Action
from actions.rules import deadlines as rules
from actions.rules.deadlines import Move
from actions.services.groups import locked_actions
from core.base import registries
from core.record import history
from core.record.deeds import Deed
from core.time.fuzzy_dates import FuzzyDate, Kind, parse, resolve
from organisations.models import Unit

FOLLOWED = "L’échéance suit la date de « {label} », le {day:%d/%m/%Y}"


def understood(value: FuzzyDate | str | None, *, site: Unit, on: date) -> FuzzyDate:
    """Words written that day, or a value already read; an event takes its day once the site has one."""
    fuzzy = value if isinstance(value, FuzzyDate) else parse(value, written_on=on)
    if fuzzy.kind != Kind.EVENT or fuzzy.event not in registries.event_dates:
        return fuzzy
    return resolve(fuzzy, registries.event_dates.get(fuzzy.event).find(site, on), written_on=on)


def put(action: Action, deadline: FuzzyDate) -> None:
    """Write the deadline on the row: the first promise stays, and a promise that changes is a move."""
    old = action.deadline
    action.deadline_text, action.deadline_event = deadline.text, deadline.event
    action.deadline_earliest, action.deadline_latest = deadline.earliest, deadline.latest
    if rules.is_promise(old) and not rules.is_same(old, deadline):
        action.move_count += 1
    if not action.promised_text and rules.is_promise(deadline):
        action.promised_text, action.promised_latest = deadline.text, deadline.latest


def ledger(action: Action) -> list[Move]:
    """Each move of the deadline since the first promise: from, to, who, when, why, drift in days; oldest first."""
    return rules.moves(told(action))


def told(action: Action):
    """The history of the action in the order of what it tells, with its authors."""
    return history.records_of(action).select_related("history_user").order_by("history_date", "history_id")


def drift(action: Action) -> int | None:
    """Days between the first promise and the deadline of today; None when one of them has no day."""
    return rules.drift(action.promised_latest, action.deadline_latest)


def follow_events(site: Unit | None = None, *, on: date | None = None, by=None) -> int:
    """Give the deadlines that wait for an event the day of that event; how many were moved.

    Each pending action follows the first meeting after the day its words were written, until that meeting is held. The
    first day known becomes the promise; a meeting moved later shows in the ledger, but is no move of who promised.
    """
    rows = Action.objects.pending().exclude(deadline_event="")
    if site is not None:
        rows = rows.filter(finding__plan__site=site)
    pks = list(rows.order_by("pk").values_list("pk", flat=True))
    return sum(_follow(pk, on or timezone.localdate(), by) for pk in pks)


@transaction.atomic
def _follow(pk: int, on: date, by) -> bool:
    waiting = Action.objects.pending().filter(pk=pk).exclude(deadline_event="")
    for action in locked_actions(dict(waiting.values_list("pk", "finding_id"))):
        if day := _new_day_of_event(action, on):
            _move_to(action, day, by)
            return True
    return False


def _new_day_of_event(action: Action, on: date) -> date | None:
    """The first day of the event after the words were written, unless it is already known or the meeting was held."""
    known = action.deadline_latest
    if action.deadline_event not in registries.event_dates or (known is not None and known <= on):
        return None
    since = _written_on(action)
    days: Iterable[date] = registries.event_dates.get(action.deadline_event).find(action.finding.plan.site, since)
    day = min((day for day in days if day > since), default=None)
    return None if day == known else day


def _move_to(action: Action, day: date, by) -> None:
    action.deadline_earliest = action.deadline_latest = day
    if action.promised_latest is None and action.promised_text == action.deadline_text:
        action.promised_latest = day
    label = registries.event_dates.get(action.deadline_event).label
    Deed(by, FOLLOWED.format(label=label, day=day)).save(action)


def _written_on(action: Action) -> date:
    """The day of effect of the history row since which these words have stood without a break."""
    found = None
    for row in history.records_of(action):
        if (row.deadline_text, row.deadline_event) != (action.deadline_text, action.deadline_event):
            break
        found = row
    return timezone.localdate(found.history_date if found else None)
