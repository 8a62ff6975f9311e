"""Named reads of labels, audits, compliance and documents."""

from datetime import date

from django.db.models import Case, DateField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from audits.terms.labels import FOLLOW_UP_MONTHS, VALID_MONTHS
from core.time.spans import SpanAfter
from organisations.scope import ScopedQuerySet


class LabelQuerySet(ScopedQuerySet):
    """Labels of sites."""

    def for_list(self):
        return self.select_related("site", "referential")

    def to_follow_up(self, on: date, by: date):
        """Those that hold on a day and whose follow-up, not done, is due by another one; the oldest first."""
        due, end = (SpanAfter("obtained_on", Value(months), Value(0)) for months in (FOLLOW_UP_MONTHS, VALID_MONTHS))
        held = self.filter(obtained_on__lte=on, follow_up_done_on=None).alias(due_on=due, ends_on=end)
        return held.filter(due_on__lte=by, ends_on__gte=on).order_by("due_on", "site__position", "pk")


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

    def with_next_check(self):
        """With the day of the next check, `due_on`, as `Document.next_check_on` tells it."""
        period = Q(period_months__gt=0) | Q(period_days__gt=0)
        base = Coalesce("checked_on", "version_on")
        computed = Case(When(period, then=SpanAfter(base, "period_months", "period_days")))
        planned = Coalesce(computed, "planned_check_on")
        return self.annotate(due_on=Case(When(is_on_change=False, then=planned), output_field=DateField()))

    def to_check(self, by: date):
        """Those to check by a day, the oldest first."""
        return self.with_next_check().filter(due_on__lte=by).order_by("due_on", "pk")

    def in_use(self, on: date):
        """Those that were not withdrawn by a day."""
        return self.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=on))
