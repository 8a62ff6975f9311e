"""Named reads of the indicators."""

from datetime import date

from django.db import models
from django.db.models import Q

from organisations.permissions import Permission


class IndicatorQuerySet(models.QuerySet):
    """Indicators of the common catalogue and of one's own préfecture."""

    def visible_to(self, user):
        if not user.can(Permission.INDICATOR_VIEW):
            return self.none()
        return self.filter(Q(owner__isnull=True) | Q(owner_id__in=user.access.visible_unit_ids))

    def for_list(self):
        return self.select_related("family", "engagement", "owner")


class BySiteQuerySet(models.QuerySet):
    """Rows that belong to one site (field `site`)."""

    def visible_to(self, user):
        return self.filter(site_id__in=user.access.units_with(Permission.INDICATOR_VIEW))


class TargetQuerySet(models.QuerySet):
    """Targets: of one site, or of all when the site is empty."""

    def visible_to(self, user):
        if not user.can(Permission.INDICATOR_VIEW):
            return self.none()
        return self.filter(Q(site__isnull=True) | Q(site_id__in=user.access.visible_unit_ids))

    def in_force(self, on: date):
        return self.filter(valid_from__lte=on).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))


class AssignmentQuerySet(models.QuerySet):
    """Who enters which indicator for which site."""

    def visible_to(self, user):
        return self.filter(unit_id__in=user.access.units_with(Permission.INDICATOR_VIEW))

    def in_force(self, on: date):
        return self.filter(valid_from__lte=on).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))

    def enterable_by(self, user):
        """Assignments of the units where the user may enter values."""
        return self.filter(unit_id__in=user.access.units_with(Permission.VALUE_ENTER))


class ValueQuerySet(models.QuerySet):
    """Monthly values."""

    def visible_to(self, user):
        return self.filter(unit_id__in=user.access.units_with(Permission.INDICATOR_VIEW))


class ReadingQuerySet(BySiteQuerySet):
    """Yearly readings: one row per indicator, site and year, refreshed in the transaction that writes a value."""

    def for_dashboard(self, site_id: int, year: int):
        """The readings of a site and year in the order of the grid, with all a page prints, in one query."""
        return (
            self.filter(site_id=site_id, year=year)
            .select_related("indicator__family", "indicator__engagement")
            .order_by("indicator__family__position", "indicator__position", "indicator__pk")
        )
