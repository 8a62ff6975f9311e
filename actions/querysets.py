"""Named reads of the plans, findings and actions."""

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from actions.enums import PENDING, SETTLED
from organisations.scope import ScopedQuerySet

DUE_ON = Coalesce("deadline_latest", "deadline_earliest")
_PENDING_DUE_ON = Case(When(status__in=PENDING, then=DUE_ON))
_WORK_ORDER = (_PENDING_DUE_ON.asc(nulls_last=True), F("done_on").desc(nulls_last=True), F("pk").asc())


class PlanQuerySet(ScopedQuerySet):
    """Plans."""

    def for_list(self, user, on):
        """With the number of actions that the person sees: all, settled, overdue."""
        actions = self.model._meta.apps.get_model("actions", "Action").objects.visible_to(user)
        return self.select_related("site").annotate(
            action_count=_count_by_plan(actions),
            settled_count=_count_by_plan(actions.settled()),
            overdue_count=_count_by_plan(actions.overdue(on)),
        )


def _count_by_plan(actions):
    """The number of those actions in the plan of each row."""
    counted = actions.filter(finding__plan=OuterRef("pk")).order_by().values("finding__plan")
    return Coalesce(Subquery(counted.annotate(number=Count("pk")).values("number")), 0)


class ActionQuerySet(ScopedQuerySet):
    """Actions."""

    def assigned_to(self, user, unit_ids):
        """Actions asked of the person by name, or of one of those units."""
        own = Q(responsibles__user=user) | Q(responsibles__unit_id__among=unit_ids)
        return self.filter(Exists(self.model._base_manager.filter(own, pk=OuterRef("pk"))))

    def for_list(self):
        """With what a line shows: finding, plan, engagements, responsibles."""
        links = self.model._meta.apps.get_model("actions", "FindingEngagement").objects.select_related("engagement")
        return self.select_related("finding__plan__site").prefetch_related(
            Prefetch("finding__engagement_links", queryset=links), "responsibles__unit", "responsibles__user"
        )

    def by_deadline(self):
        """The first that falls due first; without a known day, last."""
        return self.order_by(DUE_ON.asc(nulls_last=True), "pk")

    def pending_first(self):
        """What is still to be done by deadline, then what is settled, the last one first."""
        is_settled = Case(When(status__in=PENDING, then=Value(0)), default=Value(1))
        return self.order_by(is_settled, *_WORK_ORDER)

    def first_of_each_status(self, number: int):
        """At most so many actions of each status, in the order of `pending_first`."""
        rank = Window(RowNumber(), partition_by="status", order_by=_WORK_ORDER)
        return self.annotate(rank=rank).filter(rank__lte=number).pending_first()

    def pending(self):
        return self.filter(status__in=PENDING)

    def settled(self):
        return self.filter(status__in=SETTLED)

    def overdue(self, on):
        """Pending after the latest day of the deadline."""
        return self.pending().filter(deadline_latest__lt=on)

    def leaders(self):
        """Each group of twins once: the action that the others were merged into, and those without a twin."""
        return self.filter(merged_into__isnull=True)

    def together_with(self, action):
        """The action with its twins, its leader first: they share one status. Chains are flat."""
        leader_id = action.merged_into_id or action.pk
        group = self.filter(Q(pk=leader_id) | Q(merged_into_id=leader_id))
        return group.order_by(F("merged_into").asc(nulls_first=True), "pk")

    def in_twins(self):
        """Actions that share their status with another one."""
        follows = self.model._base_manager.filter(merged_into=OuterRef("pk"))
        return self.filter(Q(merged_into__isnull=False) | Exists(follows))

    def due_in(self, site_id: int, year: int):
        """Actions of a site whose deadline's latest day falls in the year, twins once, in the order of their days."""
        rows = self.leaders().filter(finding__plan__site_id=site_id, deadline_latest__year=year)
        return rows.order_by("deadline_latest", "pk")
