"""Named reads of the annual reports."""

from django.db.models import Count, Max

from organisations.scope import ScopedQuerySet


class AnnualReportQuerySet(ScopedQuerySet):
    """Annual reports of the sites one may see."""

    def for_list(self):
        """Reports with their site, number of editions and date of the last one."""
        return self.select_related("site").annotate(
            edition_count=Count("editions"), last_edition_at=Max("editions__created_at")
        )


class EditionQuerySet(ScopedQuerySet):
    """Rendered editions."""

    def for_list(self):
        return self.select_related("job__requested_by")
