"""Pages about the plans of a site on a day, or between two days: which days, and how to go from one to another."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from actions.as_of.days import ChangeDay, change_days
from actions.models import Plan
from actions.views.scope import PLANS
from actions.views.sites import PlanSitePage
from organisations.permissions import Permission

LANDMARK_YEARS = 4
LONGEST_KEY = 9  # digits of the identifier of a plan


class DaysPage(PlanSitePage):
    """A page of one site and the sites below, for a day or two; `plan` in the address narrows it to one plan."""

    permission = Permission.HISTORY_VIEW

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    @cached_property
    def days(self) -> list[ChangeDay]:
        return change_days(self.site)

    @cached_property
    def plan_id(self) -> int | None:
        asked = self.request.GET.get("plan", "")
        return int(asked) if asked.isdecimal() and len(asked) <= LONGEST_KEY else None

    @cached_property
    def plan(self) -> Plan | None:
        """The one plan asked for, where it still exists."""
        return Plan.objects.filter(pk=self.plan_id, site__in=self.site_ids()).first() if self.plan_id else None

    def site_ids(self):
        return self.request.user.access.units_with(self.permission)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        way = [(PLANS[0], reverse(PLANS[1]))]
        if self.plan:
            way.append((self.plan.title, reverse("actions:plan", args=[self.plan.pk])))
        return [*way, (self.get_title(), "")]

    def query(self, **days) -> str:
        """The same page on other days."""
        kept = {"plan": self.plan_id, **days}
        return f"?{urlencode({name: value for name, value in kept.items() if value})}"


def landmarks(today: date, days: Sequence[ChangeDay]) -> list[tuple[str, date]]:
    """Days that have a name: today, the end of last month, the ends of the last years in which something changed."""
    found = [("Aujourd’hui", today), ("Fin du mois dernier", today.replace(day=1) - timedelta(days=1))]
    years = sorted({day.on.year for day in days if day.on.year < today.year}, reverse=True)
    return found + [(f"Fin {year}", date(year, 12, 31)) for year in years[:LANDMARK_YEARS]]


def neighbours(days: Sequence[ChangeDay], on: date) -> tuple[date | None, date | None]:
    """The day of change before that day, and the one after it."""
    known = [day.on for day in days]
    before, after = bisect_left(known, on), bisect_right(known, on)
    return (known[before - 1] if before else None), (known[after] if after < len(known) else None)


def by_year(days: Sequence[ChangeDay], url: Callable[[date], str]) -> list[tuple[int, list[tuple[ChangeDay, str]]]]:
    """The days of change with their addresses, under their year, the latest year first."""
    groups = groupby(days, key=lambda day: day.on.year)
    return [(year, [(day, url(day.on)) for day in rows]) for year, rows in groups][::-1]
