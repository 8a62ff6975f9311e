"""Needs of the coming months: whose due date comes, by theme and service, and who is enrolled already."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from training.enums import HELD, Status
from training.follow_up.reading import FollowUp
from training.models import Enrolment
from training.rules.dates import add_months


@dataclass(frozen=True, slots=True)
class Need:
    """Agents to train in a service for a theme within 12 and 24 months, late ones included; those enrolled."""

    theme: str
    service: str
    in_12: int
    in_24: int
    enrolled: int

    @property
    def to_book(self) -> int:
        """The seats to book within 12 months."""
        return max(0, self.in_12 - self.enrolled)


def needs_of(found: FollowUp, *, on: date) -> list[Need]:
    """The needs of posts held on a day. Who is exempt, or leaves before, needs none."""
    horizons = add_months(on, 12), add_months(on, 24)
    coming = _enrolled(on)
    within: tuple[Counter, Counter] = Counter(), Counter()
    enrolled: Counter[tuple[int, str, str]] = Counter()
    for line in found.lines(on):
        due = line.standing.due_on
        if due is None or line.standing.status == Status.LEAVING:
            continue
        end = line.followed.post.end
        key = line.theme.position, line.theme.name, line.service
        for horizon, counter in zip(horizons, within, strict=True):
            counter[key] += due <= horizon and (end is None or end >= due)
        enrolled[key] += due <= horizons[0] and line.followed.key in coming
    return [
        Need(key[1], key[2], within[0][key], within[1][key], enrolled[key])
        for key in sorted(within[1])
        if within[1][key]
    ]


def _enrolled(on: date) -> set[tuple[int, int]]:
    """(agent, theme) of those who have a seat in a session to come."""
    rows = Enrolment.objects.filter(session__ends_on__gte=on, state__in=HELD)
    return set(rows.order_by().values_list("agent_id", "session__covered__theme_id"))
