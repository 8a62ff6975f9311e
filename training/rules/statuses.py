"""Where an agent stands for a theme on a day, and why: computed, never stored.

Due date = the later of (taking the post + 12 months) and (last training + 4 years); the due day itself is still in
time. Tutoring never moves the date. The delays are those of the rule in force on the day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from training.enums import Status
from training.rules.dates import add_months, in_years

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is required from a day on: months after taking the post, months after a training, whether one taken before
    the post counts, months before the due date from which a renewal is proposed."""

    since: date = date(2000, 1, 1)
    first_months: int = 12
    renewal_months: int = 48
    counts_before_post: bool = True
    window_months: int = 6


class HeldPeriod(NamedTuple):
    """From a day to another, both included; no end means still going on."""

    start: date
    end: date | None = None

    def covers(self, on: date) -> bool:
        return self.start <= on and (self.end is None or self.end >= on)

    def meets(self, other: "HeldPeriod") -> bool:
        """Whether one day at least belongs to both."""
        return (self.end is None or other.start <= self.end) and (other.end is None or self.start <= other.end)


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A post held for a theme. `end` is its last day, that of the contract included; `exempt_from` a dispensation."""

    start: date
    end: date | None = None
    exempt_from: date | None = None
    exempt_reason: str = ""

    def is_held(self, on: date) -> bool:
        return self.start <= on and (self.end is None or self.end >= on)

    def is_exempt(self, on: date) -> bool:
        return self.exempt_from is not None and self.exempt_from <= on


@dataclass(frozen=True, slots=True)
class ThemeStanding:
    """The status of a day, its due date (None when exempt) and what both rest on."""

    status: Status
    due_on: date | None
    renewal_due: date | None
    last_training: date | None
    post: HeldPost
    rule: Rule

    @property
    def reason(self) -> str:
        """What the due date results from, in words: made when it is asked for, a page tells fifty of thousands."""
        post = self.post
        if self.status == Status.EXEMPT:
            why = f" : {post.exempt_reason}" if post.exempt_reason else ""
            return f"dispensé depuis le {post.exempt_from:%d/%m/%Y}{why}"
        told = explained(post.start, self.last_training, self.rule)
        if self.status == Status.LEAVING:
            return f"{told} ; départ le {post.end:%d/%m/%Y}, avant l’échéance"
        return told


def rule_on(rules: Sequence[Rule], on: date) -> Rule:
    """The rule in force on a day: the last one that has begun, else the first to come, else the shipped one."""
    begun = [rule for rule in rules if rule.since <= on]
    if begun:
        return max(begun, key=lambda rule: rule.since)
    return min(rules, key=lambda rule: rule.since, default=Rule())


def end_of(ended_on: date | None, contract_ends_on: date | None) -> date | None:
    """The last day of a post: what was said of it, or the end of the contract, the earlier of the two."""
    return min(filter(None, (ended_on, contract_ends_on)), default=None)


def joined(posts: Iterable[HeldPost]) -> list[HeldPost]:
    """The posts of one agent, theme and service: a contract renewed without a day between is one post, taken once."""
    found: list[HeldPost] = []
    for post in sorted(posts, key=lambda one: (one.start, one.end or date.max)):
        last = found[-1] if found else None
        if last is None or (last.end is not None and last.end + ONE_DAY < post.start):
            found.append(post)
            continue
        end = None if last.end is None or post.end is None else max(last.end, post.end)
        exempt = min(filter(None, (last.exempt_from, post.exempt_from)), default=None)
        found[-1] = replace(last, end=end, exempt_from=exempt, exempt_reason=last.exempt_reason or post.exempt_reason)
    return found


def last_training(trainings: Iterable[date], start: date, rule: Rule, on: date) -> date | None:
    """The last training taken by that day that counts for a post."""
    counted = (day for day in trainings if day <= on and (rule.counts_before_post or day >= start))
    return max(counted, default=None)


def due_date(start: date, last: date | None, rule: Rule) -> date:
    """The later of the two candidate dates."""
    first = add_months(start, rule.first_months)
    return first if last is None else max(first, add_months(last, rule.renewal_months))


def standing(
    post: HeldPost, trainings: Iterable[date], tutoring: Iterable[HeldPeriod], rule: Rule, on: date
) -> ThemeStanding:
    """The status of a post on a day at which it is held."""
    last = last_training(trainings, post.start, rule, on)
    first_due = add_months(post.start, rule.first_months)
    renewal_due = None if last is None else add_months(last, rule.renewal_months)
    due = first_due if renewal_due is None else max(first_due, renewal_due)
    status = _status(post, due, renewal_due, tutoring, on)
    return ThemeStanding(status, None if status == Status.EXEMPT else due, renewal_due, last, post, rule)


def explained(start: date, last: date | None, rule: Rule) -> str:
    """« prise de poste 01/09/2023 + 12 mois : 01/09/2024 ; formation du 10/03/2022 + 4 ans : 10/03/2026 ; la plus
    tardive »."""
    first_due = add_months(start, rule.first_months)
    first = f"prise de poste {start:%d/%m/%Y} + {in_years(rule.first_months)} : {first_due:%d/%m/%Y}"
    if last is None:
        return f"{first} ; aucune formation suivie"
    renewal = add_months(last, rule.renewal_months)
    delay = in_years(rule.renewal_months)
    return f"{first} ; formation du {last:%d/%m/%Y} + {delay} : {renewal:%d/%m/%Y} ; la plus tardive"


def is_to_train(post: HeldPost, trainings: Iterable[date], rule: Rule, *, year: int, on: date) -> bool:
    """Whether somebody who holds a post on a day of a year was to be trained within that year: not exempt, and due by
    31 December after the trainings taken before 1 January. Who leaves before that is not."""
    if post.is_exempt(on):
        return False
    last = last_training(trainings, post.start, rule, date(year - 1, 12, 31))
    due = due_date(post.start, last, rule)
    return due <= date(year, 12, 31) and not (post.end is not None and post.end < due)


def _status(post: HeldPost, due: date, renewal_due: date | None, tutoring: Iterable[HeldPeriod], on: date) -> Status:
    """The first that fits."""
    if post.is_exempt(on):
        return Status.EXEMPT
    if renewal_due is not None and renewal_due >= on:
        return Status.UP_TO_DATE
    if due < on:
        return Status.OVERDUE
    if any(period.covers(on) for period in tutoring):
        return Status.TUTORED
    return Status.LEAVING if post.end is not None and post.end < due else Status.TO_TRAIN
