"""Named reads of the annual reports."""

from django.db import models
from django.db.models import Count, Max

from organisations.permissions import Permission


class AnnualReportQuerySet(models.QuerySet):
    """Annual reports of the sites one may see."""

    def visible_to(self, user):
        return self.filter(site_id__in=user.access.units_with(Permission.REPORT_VIEW))

    def for_list(self):
        """Reports with their site, number of editions and date of the last one."""
        return self.select_related("site").annotate(
            edition_count=Count("editions"), last_edition_at=Max("editions__created_at")
        )


class EditionQuerySet(models.QuerySet):
    """Rendered editions."""

    def visible_to(self, user):
        return self.filter(report__site_id__in=user.access.units_with(Permission.REPORT_VIEW))

    def for_list(self):
        return self.select_related("job__requested_by")


class ChapterQuerySet(models.QuerySet):
    """Chapters of annual reports."""

    def visible_to(self, user):
        return self.filter(report__site_id__in=user.access.units_with(Permission.REPORT_VIEW))
