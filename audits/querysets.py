"""Named reads of labels, audits, compliance and documents."""

from datetime import date

from django.db.models import OuterRef, Q, Subquery

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

    def in_use(self, on: date):
        """Those that were not withdrawn by a day."""
        return self.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))
