"""Named reads of labels, audits, compliance and documents."""

from datetime import date

from django.db.models import OuterRef, Q, Subquery

from audits.terms.documents import CheckPeriod, next_check_on
from organisations.scope import ScopedQuerySet


class LabelQuerySet(ScopedQuerySet):
    """Labels of sites."""

    def for_list(self):
        return self.select_related("site", "referential")


class AuditQuerySet(ScopedQuerySet):
    """Audits of sites."""

    def for_list(self):
        return self.select_related("site", "referential").prefetch_related("rows")

    def on_day(self, site, kind: str, on: date):
        """The audit of that kind under way on a day."""
        return self.filter(site=site, kind=kind, starts_on__lte=on, ends_on__gte=on)


class ComplianceQuerySet(ScopedQuerySet):
    """What was said of engagements."""

    def in_force(self, on: date):
        """The last thing said of each engagement of each site by a day."""
        said = self.model._default_manager.filter(
            site=OuterRef("site"), engagement=OuterRef("engagement"), stated_on__lte=on
        )
        return self.filter(pk=Subquery(said.order_by("-stated_on", "-pk").values("pk")[:1]))


class DocumentQuerySet(ScopedQuerySet):
    """Documents of the registers."""

    def for_list(self):
        return self.select_related("site", "owner").prefetch_related("engagements")

    def to_check(self, by: date) -> list[tuple[date, int]]:
        """The day and the key of those to check by a day, the oldest first; registers are read in few columns."""
        dates = ("checked_on", "version_on", "planned_check_on")
        found = []
        for pk, months, days, checked_on, version_on, planned_on in self.filter(is_on_change=False).values_list(
            "pk", "period_months", "period_days", *dates
        ):
            next_on = next_check_on(CheckPeriod(months, days), checked_on=checked_on, version_on=version_on)
            if (due := next_on or planned_on) and due <= by:
                found.append((due, pk))
        return sorted(found)

    def in_use(self, on: date):
        """Those that were not withdrawn by a day."""
        return self.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))
