"""Reminders of deadlines: one digest a week per person, the head told after some days; each is logged, none doubled.

An action late for more than a year is chased no more: it is counted on one line, to be decided on, and makes no digest
leave by itself.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from actions import notifications
from actions.models import Action, ReminderSettings
from actions.registries import DigestLine, digest_parts
from actions.rules.digests import Moment, is_escalated, moment_of, monday_of, sending_day, week_key
from actions.services.charges import Charges
from core.base.errors import UserError
from core.record import history
from core.record.deeds import set_fields
from organisations.calendars import calendar_of
from organisations.models import Unit, User

logger = logging.getLogger(__name__)
FIELDS = ("is_active", "weekday", "days_before", "escalate_after")
MOST_DAYS = 365


@dataclass
class Digest:
    """What one person is told in a week; `sites` are those it comes from."""

    person: User
    late: list[Action] = field(default_factory=list)
    this_week: list[Action] = field(default_factory=list)
    soon: list[Action] = field(default_factory=list)
    escalated: list[Action] = field(default_factory=list)  # of the person's services, late for too long
    unheld: list[Action] = field(default_factory=list)  # that nobody could be told of: for the référents
    reviews: list[Action] = field(default_factory=list)  # effects to check: for the référents
    stale: list[Action] = field(default_factory=list)  # late for more than a year: for those asked and the référents
    parts: dict[str, list[DigestLine]] = field(default_factory=dict)  # what other apps say, by the code of their part

    @property
    def lists(self) -> tuple[list[Action], ...]:
        return self.late, self.this_week, self.soon, self.escalated, self.unheld, self.reviews

    @property
    def actions(self) -> list[Action]:
        """All that the week calls for, once each; the stale ones are not among them."""
        return list(dict.fromkeys(action for rows in self.lists for action in rows))

    @property
    def site_ids(self) -> set[int]:
        others = {line.site_id for lines in self.parts.values() for line in lines}
        return others | {action.finding.plan.site_id for action in self.actions}

    def add(self, name: str, action: Action) -> None:
        """Of two twins, the first one met."""
        rows = getattr(self, name)
        if all(_group(action) != _group(other) for other in rows):
            rows.append(action)


def settings_of(sites: Iterable[Unit]) -> dict[int, ReminderSettings]:
    """How each site reminds; the usual way where nobody chose."""
    sites = list(sites)
    known = {row.site_id: row for row in ReminderSettings.objects.filter(site__in=sites)}
    return {site.pk: known.get(site.pk) or ReminderSettings(site=site) for site in sites}


@transaction.atomic
def change_settings(site: Unit, *, by, reason: str = "", **fields) -> ReminderSettings:
    """Choose the day, the notice and the delay of a site: is_active, weekday, days_before, escalate_after."""
    row = ReminderSettings.objects.select_for_update().filter(site=site).first() or ReminderSettings(site=site)
    set_fields(row, fields, FIELDS)
    if row.weekday not in range(5):
        raise UserError("Choisissez un jour du lundi au vendredi.", field="weekday")
    for name in ("days_before", "escalate_after"):
        if not 0 <= getattr(row, name) <= MOST_DAYS:
            raise UserError(f"Choisissez de 0 à {MOST_DAYS} jours.", field=name)
    history.save(row, by=by, reason=reason)
    return row


def compose(on: date, *, site_ids: set[int] | None = None) -> list[Digest]:
    """What each person has to be told that week, at all the sites that remind or at some; constant queries."""
    sites = Unit.objects.sites().active(on)
    if site_ids is not None:
        sites = sites.filter(pk__in=site_ids)
    chosen = {pk: row for pk, row in settings_of(sites).items() if row.is_active}
    longest = max((row.days_before for row in chosen.values()), default=0)
    charges = Charges(on)
    digests = _Digests()
    for action in _reminded(chosen, until=max(on + timedelta(days=longest), monday_of(on) + timedelta(days=6))):
        _tell(digests, action, chosen[action.finding.plan.site_id], charges, on)
    for action in _to_review(chosen, on):
        digests.add("reviews", action, charges.referents(action.finding.plan.site_id))
    for part in digest_parts:
        for line in part.find(charges, set(chosen), on):
            digests.of(line.person).parts.setdefault(part.code, []).append(line)
    called = [digest for digest in digests.values() if digest.actions or digest.parts]
    return sorted(called, key=lambda digest: (str(digest.person), digest.person.pk))


def send_due(on: date) -> list[Digest]:
    """Send the digests of the sites whose day it is: what the schedule does each working morning."""
    sites = list(Unit.objects.sites().active(on).select_related("holiday_zone").order_by("pk"))
    chosen = settings_of(sites)
    due = {site.pk for site in sites if chosen[site.pk].is_active and on == _day_of(site, chosen[site.pk], on)}
    return send(on, site_ids=due)


@transaction.atomic
def send(on: date, *, site_ids: set[int]) -> list[Digest]:
    """Send to each person concerned at these sites the whole of their digest, once a week; those who were told now."""
    if not site_ids:
        return []
    return [
        digest
        for digest in compose(on)
        if digest.site_ids & site_ids and notifications.notify_digest(digest, on=on, key=week_key(on))
    ]


class _Digests(dict):
    def of(self, person: User) -> Digest:
        return self.setdefault(person.pk, Digest(person))

    def add(self, kind: str, action: Action, people: Iterable[User]) -> None:
        for person in people:
            self.of(person).add(kind, action)


_LISTS = {Moment.LATE: "late", Moment.THIS_WEEK: "this_week", Moment.SOON: "soon"}


def _tell(digests: _Digests, action: Action, chosen: ReminderSettings, charges: Charges, on: date) -> None:
    moment = moment_of(action.deadline_latest, on, days_before=chosen.days_before)
    if moment is None:
        return
    told, referents = charges.told(action), charges.referents(action.finding.plan.site_id)
    if moment is Moment.STALE:
        digests.add("stale", action, dict.fromkeys([*told, *referents]))
        return
    digests.add(_LISTS[moment], action, told)
    if not told:
        digests.add("unheld", action, referents)
    elif is_escalated(action.deadline_latest, on, escalate_after=chosen.escalate_after):
        above = charges.heads_above(action, told) or [one for one in referents if one not in told]
        digests.add("escalated", action, above)


def _reminded(chosen: Iterable[int], *, until: date) -> list[Action]:
    rows = Action.objects.pending().filter(finding__plan__site__in=list(chosen), deadline_latest__lte=until)
    joined = rows.select_related("finding__plan__site").prefetch_related("responsibles__user")
    return list(joined.order_by("deadline_latest", "pk"))


def _to_review(chosen: Iterable[int], on: date) -> list[Action]:
    rows = Action.objects.filter(finding__plan__site__in=list(chosen), review_due_on__lte=monday_of(on) + timedelta(6))
    return list(rows.select_related("finding__plan__site").order_by("review_due_on", "pk"))


def _day_of(site: Unit, chosen: ReminderSettings, on: date) -> date | None:
    return sending_day(on, chosen.weekday, _working(site))


def next_day(site: Unit, chosen: ReminderSettings, on: date) -> date | None:
    """The next day on which the digests of the site leave, that day included; None when they are turned off."""
    if not chosen.is_active:
        return None
    weeks = (on + timedelta(weeks=number) for number in range(9))
    days = (sending_day(week, chosen.weekday, _working(site)) for week in weeks)
    return next((day for day in days if day is not None and day >= on), None)


def _working(site: Unit) -> Callable[[date], bool]:
    """Whether the site works on a day; on weekdays where its calendar is not known."""
    try:
        calendar = calendar_of(site)
    except UserError as error:
        logger.warning("reminders of %s without its calendar: %s", site.code, error)
        return lambda day: True

    def is_working(day: date) -> bool:
        try:
            return calendar.is_working(day)
        except UserError:  # the holidays of that year are not known
            return True

    return is_working


def _group(action: Action) -> int:
    return action.merged_into_id or action.pk
