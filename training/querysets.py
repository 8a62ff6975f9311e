"""Named reads of training."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q

from organisations.scope import ScopedQuerySet
from training.enums import HELD, Attendance


class ThemeQuerySet(ScopedQuerySet):
    """Themes common to all, and those of a site."""

    def for_site(self, site_ids: Iterable[int]):
        """The common ones and those of these sites."""
        return self.filter(Q(site__isnull=True) | Q(site_id__in=list(site_ids)))

    def active(self, on: date):
        return self.filter(valid_from__lte=on).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))


class AgentQuerySet(ScopedQuerySet):
    """People who work in a unit."""

    def known(self):
        """Those who were not erased."""
        return self.filter(erased_on__isnull=True)

    def named(self, keys: Iterable[str]):
        """Those of one of these names (`rules.names.name_key`)."""
        return self.known().filter(name_key__in=list(keys))


class PostQuerySet(ScopedQuerySet):
    """Posts, one row a theme."""

    def held(self, on: date):
        """Held on a day: begun, neither left nor at the end of its contract."""
        ended = Q(ended_on__lt=on) | Q(contract_ends_on__lt=on)
        return self.filter(taken_on__lte=on).exclude(ended)

    def below(self, unit_ids: Iterable[int]):
        return self.filter(unit_id__in=list(unit_ids))


class SessionQuerySet(ScopedQuerySet):
    """Sessions of courses."""

    def ended_in(self, year: int):
        return self.filter(ends_on__year=year)

    def to_come(self, on: date):
        return self.filter(ends_on__gte=on)


class EnrolmentQuerySet(ScopedQuerySet):
    """Enrolments in sessions."""

    def present(self):
        return self.filter(state=Attendance.PRESENT)

    def seated(self):
        """Those who take a seat."""
        return self.filter(state__in=HELD)


class TemplateQuerySet(ScopedQuerySet):
    """Words of agreements, one row a préfecture or site."""

    def nearest(self, unit: Any):
        """The row of a unit, or of the nearest one above; None when there is none."""
        above = list(unit.ancestors(include_self=True).values_list("pk", flat=True))  # the root first
        found = {row.unit_id: row for row in self.filter(unit__in=above)}
        return next((found[pk] for pk in reversed(above) if pk in found), None)


class AgreementQuerySet(ScopedQuerySet):
    """Tutoring agreements."""

    def covering(self, on: date):
        return self.overlapping(on, on)

    def overlapping(self, start: date, end: date):
        """In force on at least one day between two days."""
        return self.filter(starts_on__lte=end, ends_on__gte=start)
