"""Named reads of the indicators."""

from calendar import monthrange
from datetime import date

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from indicators.enums import CampaignState, Frequency, ValueState
from organisations.permissions import Permission
from organisations.scope import ScopedQuerySet


class IndicatorQuerySet(ScopedQuerySet):
    """Indicators of the common catalogue, of one's own préfecture, and those one's services enter."""

    def for_list(self):
        return self.select_related("family", "engagement", "owner")


class CampaignQuerySet(ScopedQuerySet):
    """Months of entry."""

    def open(self):
        return self.filter(state=CampaignState.OPEN)

    def overdue(self, on: date):
        """Months still open although their day is past."""
        return self.open().filter(due_on__lt=on)


class TargetQuerySet(ScopedQuerySet):
    """Targets: of one site, or of all when the site is empty."""

    def in_force(self, on: date):
        return self.filter(valid_from__lte=on).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))

    def binding(self, site_id: int, year: int) -> dict:
        """The target of each indicator at a site for a year: in force on 31 December, the site's before one for all."""
        rows = self.for_site(site_id).in_force(date(year, 12, 31))
        return {row.indicator_id: row for row in sorted(rows, key=lambda t: (t.site_id is not None, t.valid_from))}

    def for_site(self, site_id: int):
        """Targets that bind a site: its own and those for all."""
        return self.filter(Q(site__isnull=True) | Q(site_id=site_id))


class AssignmentQuerySet(ScopedQuerySet):
    """Who enters which indicator for which site."""

    def in_force(self, on: date):
        return self.filter(valid_from__lte=on).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))

    def in_force_during(self, month_start: date):
        """Assignments in force on at least one day of the month that begins on the given day."""
        month_end = date(month_start.year, month_start.month, monthrange(month_start.year, month_start.month)[1])
        return self._between(month_start, month_end)

    def overlapping(self, year: int):
        """Assignments in force on at least one day of the year."""
        return self._between(date(year, 1, 1), date(year, 12, 31))

    def _between(self, start: date, end: date):
        return self.filter(valid_from__lte=end).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=start))

    def due_in(self, year: int, month: int):
        """Assignments whose figure is due for the month, entered by people, of indicators still followed."""
        return self.in_force_during(date(year, month, 1)).filter(
            indicator__is_active=True, indicator__collector="", indicator__frequency__in=Frequency.due_in(month)
        )

    def missing(self, year: int, month: int):
        """Assignments due for the month and not yet entered."""
        values = apps.get_model("indicators", "Value").objects.exclude(state=ValueState.MISSING)
        entered = values.filter(indicator=OuterRef("indicator"), unit=OuterRef("unit"), year=year, month=month)
        return self.due_in(year, month).filter(~Exists(entered))

    def enterable_by(self, user):
        """Assignments of the units where the user may enter values."""
        return self.filter(unit_id__in=user.access.units_with(Permission.VALUE_ENTER))


class ValueQuerySet(ScopedQuerySet):
    """Monthly values."""

    def before(self, year: int, month: int, *, years: int) -> list:
        """(value, numerator, denominator) of the months before the given one, oldest first, over so many years."""
        earlier = Q(year=year, month__lt=month) | Q(year__lt=year, year__gte=year - years)
        rows = self.filter(earlier).order_by("year", "month")
        return list(rows.values_list("value", "numerator", "denominator"))


class ReadingQuerySet(ScopedQuerySet):
    """Yearly readings: one row per indicator, site and year, refreshed in the transaction that writes a value."""

    def for_dashboard(self, site_id: int, year: int):
        """The readings of a site and year in the order of the grid, with all a page prints, in one query."""
        return (
            self.filter(site_id=site_id, year=year)
            .select_related("indicator__family", "indicator__engagement")
            .order_by("indicator__family__position", "indicator__position", "indicator__pk")
        )
