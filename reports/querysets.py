"""Named reads of the annual reports."""

from django.db import models

from organisations.permissions import Permission


class AnnualReportQuerySet(models.QuerySet):
    """Annual reports of the sites one may see."""

    def visible_to(self, user):
        return self.filter(site_id__in=user.access.units_with(Permission.REPORT_VIEW))


class ChapterQuerySet(models.QuerySet):
    """Chapters of annual reports."""

    def visible_to(self, user):
        return self.filter(report__site_id__in=user.access.units_with(Permission.REPORT_VIEW))
