"""Named reads of committees, mandates and meetings."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce

from clu.enums import NoteKind, Presence
from organisations.scope import ScopedQuerySet

SOON = timedelta(days=90)  # before its end, a mandate is to be renewed


class CommitteeQuerySet(ScopedQuerySet):
    """Committees of a site."""

    def of(self, site: Any, kind: str):
        """The committee of that kind first, then one that had it before an arrêté changed it."""
        return (
            self.filter(Q(kind=kind) | Q(orders__former_kind=kind), site=site)
            .annotate(is_now=Count("pk", filter=Q(kind=kind)))
            .order_by("-is_now", "name", "pk")
        )

    def for_list(self):
        return self.select_related("site").prefetch_related("orders")


class MemberQuerySet(ScopedQuerySet):
    """Seats of a committee."""

    def with_mandates(self):
        """With every mandate of the seat, the first one first."""
        mandates = self.model._meta.get_field("mandates").related_model
        return self.prefetch_related(
            Prefetch("mandates", queryset=mandates._default_manager.order_by("starts_on", "pk"))
        )


class MandateQuerySet(ScopedQuerySet):
    """Who holds the seats."""

    def in_force(self, on: date):
        """The mandate of each seat on a day: the last one that began, ended or not (`Member.mandate_on`)."""
        has_begun = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
        since, own = Coalesce("starts_on", date.min), Coalesce(OuterRef("starts_on"), date.min)
        others = self.model._default_manager.filter(has_begun, member=OuterRef("member")).annotate(since=since)
        later = others.filter(Q(since__gt=own) | Q(since=own, pk__gt=OuterRef("pk")))
        return self.filter(has_begun, ~Exists(later))

    def to_renew(self, on: date):
        """Seats to be filled, mandates that are over or will soon be."""
        return self.in_force(on).filter(Q(holder="") | Q(ends_on__lte=on + SOON))


class MeetingQuerySet(ScopedQuerySet):
    """Meetings of committees."""

    def for_list(self):
        return self.select_related("committee__site").prefetch_related("committee__orders")

    def with_counts(self):
        """With the persons counted by presence; all three are zero where nobody was noted."""
        counted = {
            f"{presence.value}_count": Count("attendances", filter=Q(attendances__presence=presence), distinct=True)
            for presence in (Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT)
        }
        return self.annotate(**counted)

    def coming(self, on: date):
        return self.filter(held_on__gte=on).order_by("held_on", "pk")

    def past(self, on: date):
        return self.filter(held_on__lt=on).order_by("-held_on", "-pk")


class NoteQuerySet(ScopedQuerySet):
    """What was said in meetings."""

    def requests(self):
        return self.filter(kind=NoteKind.REQUEST)

    def sent(self):
        """What the minutes say: internal remarks stay in the house."""
        return self.filter(is_internal=False)
