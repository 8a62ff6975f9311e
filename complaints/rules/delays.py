"""The two clocks of a case, acknowledgement and answer, and how each date is found, day by day.

Services Publics +, engagement 4: acknowledged within 7 calendar days (electronic) or 14 (letter, urn), not carried
over when the last day is not worked. Qual-e-Pref, E3: answered within 5 or 10 working days. A delay counts from the day
after receipt; the working days after a request to the user and up to the reply, that day included, are not counted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta

from complaints.enums import ELECTRONIC, JUDGED, ORAL, Medium, Punctuality
from core.time.working_days import RECEIPT, Day, WorkingCalendar

WAITING = "en attente de l’usager : jour non compté"
CALENDAR_DAY = "jour calendaire"


@dataclass(frozen=True)
class Rule:
    """The delays of a medium from a day on; `source` says where they come from."""

    medium: str
    valid_from: date
    acknowledge_days: int  # calendar days
    answer_days: int  # working days
    source: str = ""


SHIPPED = (
    Rule(Medium.ELECTRONIC, date.min, 7, 5, "Services Publics +, engagement 4 ; Qual-e-Pref, E3"),
    Rule(Medium.PAPER, date.min, 14, 10, "Services Publics +, engagement 4 ; Qual-e-Pref, E3"),
)


@dataclass(frozen=True)
class Wait:
    """The user was asked for something; `replied_on` is None while nothing came."""

    asked_on: date
    replied_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.asked_on < day and (self.replied_on is None or day <= self.replied_on)


@dataclass(frozen=True)
class Facts:
    """What the clocks of a case depend on. `extended_to` is the new date promised to the user."""

    received_on: date
    channel: str
    kind: str
    in_scope: bool = True
    is_reachable: bool = True
    acknowledged_on: date | None = None
    answered_on: date | None = None
    extended_to: date | None = None
    waits: tuple[Wait, ...] = ()

    @property
    def owes_acknowledgement(self) -> bool:
        """Written, with a way to reach the person, a complaint or a suggestion, in scope or not."""
        return self.channel not in ORAL and self.is_reachable and self.kind in JUDGED

    @property
    def owes_answer(self) -> bool:
        """The same, in scope only."""
        return self.owes_acknowledgement and self.in_scope


@dataclass(frozen=True)
class Clocks:
    """The dates of a case; None where there is no duty, or where a date cannot be known while the user is awaited."""

    acknowledge_by: date | None = None
    answer_by: date | None = None
    suspended_days: int | None = None
    delay_days: int | None = None

    def differs(self, other: object) -> bool:
        return any(getattr(self, one.name) != getattr(other, one.name) for one in fields(self))


@dataclass(frozen=True)
class CaseCalendar(WorkingCalendar):
    """The calendar of a site, less the days on which the user was awaited."""

    waits: tuple[Wait, ...] = field(default=())

    def reason_off(self, day: date) -> str:
        return super().reason_off(day) or (WAITING if any(wait.covers(day) for wait in self.waits) else "")


def medium_of(channel: str) -> str:
    """The rule that a channel runs on: `other` runs on the letter's clock; empty for an oral case."""
    if channel in ORAL:
        return ""
    return Medium.ELECTRONIC if channel in ELECTRONIC else Medium.PAPER


def rule_for(channel: str, received_on: date, rules: Iterable[Rule] = SHIPPED) -> Rule | None:
    """The rule in force on the day of receipt; None for an oral case."""
    medium = medium_of(channel)
    known = [rule for rule in rules if rule.medium == medium and rule.valid_from <= received_on]
    return max(known, key=lambda rule: rule.valid_from, default=None)


def clocks(facts: Facts, calendar: WorkingCalendar, *, on: date, rules: Iterable[Rule] = SHIPPED) -> Clocks:
    """The dates of a case as they stand on a day."""
    rule = rule_for(facts.channel, facts.received_on, rules)
    if rule is None or not facts.owes_acknowledgement:
        return Clocks()
    acknowledge_by = facts.received_on + timedelta(days=rule.acknowledge_days)
    if not facts.owes_answer:
        return Clocks(acknowledge_by)
    own = calendar_of_case(facts, calendar)
    answered = facts.answered_on
    return Clocks(
        acknowledge_by,
        answer_by=_latest(_answer_by(facts, own, rule.answer_days), facts.extended_to),
        suspended_days=_suspended(facts, calendar, on),
        delay_days=own.days_between(facts.received_on, answered) if answered else None,
    )


def explain_acknowledgement(facts: Facts, rule: Rule) -> list[Day]:
    """Every day from receipt to the date by which the case is acknowledged."""
    days = [Day(facts.received_on, False, None, RECEIPT)]
    for number in range(1, rule.acknowledge_days + 1):
        days.append(Day(facts.received_on + timedelta(days=number), True, number, CALENDAR_DAY))
    return days


def explain_answer(facts: Facts, rule: Rule, calendar: WorkingCalendar, *, on: date) -> list[Day]:
    """Every day from receipt to the date of the answer, or to today while the user is awaited."""
    own = calendar_of_case(facts, calendar)
    if _answer_by(facts, own, rule.answer_days) is not None:
        return own.explain(facts.received_on, rule.answer_days)
    return explain_until(facts.received_on, max(on, facts.received_on), own)


def explain_until(received_on: date, end: date, calendar: WorkingCalendar) -> list[Day]:
    """Every day from receipt to an end, each counted or not: the real delay of an answer."""
    days, number = [Day(received_on, False, None, RECEIPT)], 0
    for rank in range(1, (end - received_on).days + 1):
        day = received_on + timedelta(days=rank)
        reason = calendar.reason_off(day)
        number += not reason
        days.append(Day(day, not reason, None if reason else number, reason or "jour ouvré"))
    return days


def acknowledged_in_time(facts: Facts, acknowledge_by: date | None, *, on: date) -> bool | None:
    """Whether it was acknowledged in time: an answer that comes first counts. None without duty, or not yet due."""
    first = min(filter(None, (facts.acknowledged_on, facts.answered_on)), default=None)
    return _in_time(first, acknowledge_by, on)


def answered_in_time(facts: Facts, answer_by: date | None, *, on: date) -> bool | None:
    """Whether it was answered by its date, or by the date promised; None without duty, or not yet due."""
    return _in_time(facts.answered_on, answer_by, on)


def punctuality(facts: Facts, first_by: date | None, answer_by: date | None, *, on: date) -> Punctuality | None:
    """In time, in time after an extension, late; None without duty, or not yet due."""
    found = answered_in_time(facts, answer_by, on=on)
    if found is None:
        return None
    if not found:
        return Punctuality.LATE
    is_first = first_by is not None and facts.answered_on is not None and facts.answered_on <= first_by
    return Punctuality.IN_TIME if is_first else Punctuality.AFTER_EXTENSION


def calendar_of_case(facts: Facts, calendar: WorkingCalendar) -> CaseCalendar:
    """The calendar of the site with what this case waited for; an answer ends a wait that nothing else ended."""
    waits = tuple(Wait(wait.asked_on, wait.replied_on or facts.answered_on) for wait in facts.waits)
    return CaseCalendar(calendar.holidays, calendar.closed, calendar.years, calendar.name, waits)


def _answer_by(facts: Facts, own: CaseCalendar, days: int) -> date | None:
    """The day by which to answer; None while the user is awaited and the days before do not suffice."""
    since = min((wait.asked_on for wait in own.waits if wait.replied_on is None), default=None)
    if since is not None:
        before = own.days_between(facts.received_on, since) if since > facts.received_on else 0
        if before < days:
            return None
    return own.due_on(facts.received_on, days)


def _suspended(facts: Facts, calendar: WorkingCalendar, on: date) -> int:
    """The working days that were not counted, each once; up to today while the user is awaited."""
    found: set[date] = set()
    for wait in facts.waits:
        end = wait.replied_on or facts.answered_on or on
        found |= {day for day in _days_after(wait.asked_on, end) if calendar.is_working(day)}
    return len({day for day in found if day > facts.received_on})


def _days_after(start: date, end: date) -> Sequence[date]:
    return [start + timedelta(days=rank) for rank in range(1, (end - start).days + 1)]


def _latest(first: date | None, promised: date | None) -> date | None:
    return max(first, promised) if first and promised else first


def _in_time(done: date | None, by: date | None, on: date) -> bool | None:
    if by is None:
        return None
    if done is not None:
        return done <= by
    return False if on > by else None
