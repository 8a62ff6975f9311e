"""Named reads of the annual reports."""

from django.db.models import Count, Max, Prefetch

from organisations.scope import ScopedQuerySet


class ContradictionCountQuerySet(ScopedQuerySet):
    """What the checks counted at the sites one may see."""

    def to_mend(self, year: int):
        """The counts of a year that are not nought, in the order of the sites."""
        rows = self.filter(year=year, number__gt=0).select_related("site")
        return rows.order_by("site__position", "site__name", "pk")


class AnnualReportQuerySet(ScopedQuerySet):
    """Annual reports of the sites one may see."""

    def for_list(self):
        """Reports with their site, number of editions and date of the last one."""
        return self.select_related("site").annotate(
            edition_count=Count("editions"), last_edition_at=Max("editions__created_at")
        )

    def with_editions(self):
        """With their site and `editions_made`, the last one first."""
        return self.select_related("site").prefetch_related(Prefetch("editions", to_attr="editions_made"))


class EditionQuerySet(ScopedQuerySet):
    """Rendered editions."""

    def for_list(self):
        """Editions with who asked for them, their other formats, what became of them."""
        return self.select_related("job__requested_by", "publication").prefetch_related("files", "steps")


class PublicationQuerySet(ScopedQuerySet):
    """Editions published."""

    def for_list(self):
        """With their edition, its report and its site."""
        return self.select_related("edition__report__site")
