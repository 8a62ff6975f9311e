"""Named reads of the referentials."""

from datetime import date

from django.db.models import Count, Q

from organisations.scope import ScopedQuerySet


class ReferentialQuerySet(ScopedQuerySet):
    """Versions of referentials."""

    def for_list(self):
        """With the number of modules, engagements and engagements whose title is still unknown."""
        return self.annotate(
            module_count=Count("modules", distinct=True),
            engagement_count=Count("modules__engagements", distinct=True),
            to_complete_count=Count("modules__engagements", filter=Q(modules__engagements__title=""), distinct=True),
        )


class EngagementQuerySet(ScopedQuerySet):
    """Engagements and sub-engagements."""

    def to_complete(self):
        """Those whose exact title is not known yet."""
        return self.filter(title="")

    def for_list(self):
        return self.select_related("module__referential")


class CorrespondenceQuerySet(ScopedQuerySet):
    """Engagements of one version that take up those of another."""

    def for_list(self):
        return self.select_related("old__module__referential", "new__module__referential")


class PerimeterQuerySet(ScopedQuerySet):
    """Modules retained by sites."""

    def in_force(self, on: date):
        return self.overlapping(on, on)

    def overlapping(self, start: date, end: date | None):
        """In force on at least one day between two dates; no end means for ever."""
        rows = self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=start))
        return rows if end is None else rows.filter(valid_from__lte=end)
