"""The year of quality: what comes back each year, as each app plans it or remembers it (`year.py` of the app)."""

from calendar import isleap
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.base.registries import Registry


@dataclass(frozen=True)
class Milestone:
    """A thing of one year at a site: a survey, a meeting, an audit; `until` is its last day when it has several."""

    title: str
    on: date
    until: date | None = None
    url: str = ""
    site_id: int = 0

    @property
    def last(self) -> date:
        return self.until or self.on


@dataclass(frozen=True)
class YearlyEvent:
    """What comes back each year. `find(user, sites, first, last)` gives what begins between two days, both included.

    Only what the person may see is given. `plan_url_name` is the page where it is planned.
    """

    code: str
    label: str
    permission: str
    find: Callable[[Any, Collection[int], date, date], Iterable[Milestone]]
    plan_url_name: str = ""
    plan_permission: str = ""
    position: int = 100


yearly_events: Registry[YearlyEvent] = Registry("yearly_events")


def same_day(day: date, year: int) -> date:
    """The same day of another year; 29 February becomes 28 February where the year has none."""
    return day.replace(year=year, day=28 if (day.month, day.day) == (2, 29) and not isleap(year) else day.day)
