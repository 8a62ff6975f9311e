"""Named reads of units, users and memberships."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.apps import apps
from django.db import connection, models
from tree_queries.query import TreeQuerySet

from organisations.enums import SITE_KINDS
from organisations.permissions import Permission, roles_with
from organisations.scope import ScopedQuerySet

# UNION, not UNION ALL: a loop in the tree, however it came, ends. The placeholders are made here, not typed by anyone.
_BELOW = """
    WITH RECURSIVE below (root_id, id) AS (
        SELECT id, id FROM {table} WHERE id IN ({places})
        UNION
        SELECT below.root_id, child.id FROM {table} child JOIN below ON child.parent_id = below.id
    )
    SELECT root_id, id FROM below
"""
_ABOVE = """
    WITH RECURSIVE above (id, parent_id, kind) AS (
        SELECT id, parent_id, kind FROM {table} WHERE id IN ({places})
        UNION
        SELECT up.id, up.parent_id, up.kind FROM {table} up JOIN above ON above.parent_id = up.id
        WHERE above.kind NOT IN ({kinds})
    )
    SELECT id FROM above WHERE kind IN ({kinds})
"""


class UnitQuerySet(ScopedQuerySet, TreeQuerySet):
    """Units of the tree."""

    def ids_below(self, unit_id: int) -> set[int]:
        """Identifiers of a unit and of all below it, in one recursive query."""
        return self.ids_below_each([unit_id]).get(unit_id, set())

    def ids_below_each(self, unit_ids: Iterable[int]) -> dict[int, set[int]]:
        """For each unit, identifiers of itself and of all below it, in one recursive query for them all."""
        roots = sorted(set(unit_ids))
        if not roots:
            return {}
        below: dict[int, set[int]] = defaultdict(set)
        places = ", ".join(["%s"] * len(roots))
        with connection.cursor() as cursor:
            cursor.execute(_BELOW.format(table=self.model._meta.db_table, places=places), roots)
            for root, unit_id in cursor.fetchall():
                below[root].add(unit_id)
        return dict(below)

    def site_ids_of(self, unit_ids: Iterable[int]) -> set[int]:
        """Identifiers of the nearest site at or above each unit, in one recursive query for them all."""
        starts = sorted(set(unit_ids))
        if not starts:
            return set()
        kinds = ", ".join(["%s"] * len(SITE_KINDS))
        sql = _ABOVE.format(table=self.model._meta.db_table, places=", ".join(["%s"] * len(starts)), kinds=kinds)
        with connection.cursor() as cursor:
            cursor.execute(sql, [*starts, *SITE_KINDS, *SITE_KINDS])
            return {unit_id for (unit_id,) in cursor.fetchall()}

    def sites(self):
        """Préfectures and sous-préfectures: what a label, an audit and results attach to."""
        return self.filter(kind__in=SITE_KINDS)

    def active(self, on: date):
        return self.filter(active_from__lte=on).filter(
            models.Q(active_until__isnull=True) | models.Q(active_until__gte=on)
        )


class UserQuerySet(ScopedQuerySet):
    """People with an account."""

    def visible_to(self, user):
        """Oneself and the people who have a membership in the units one may see accounts of, each once."""
        return super().visible_to(user).distinct()

    def for_list(self, on: date):
        """With the roles in force or to come, for a list of people."""
        roles = models.Prefetch(
            "memberships",
            queryset=apps.get_model("organisations", "Membership").objects.not_over(on).select_related("unit"),
            to_attr="present_memberships",
        )
        return self.prefetch_related(roles)

    def colleagues_of(self, user):
        """Active people who have a role today somewhere in the sites of the person's own roles."""
        units = apps.get_model("organisations", "Unit").objects
        own = [m.unit.site.pk for m in user.memberships.in_force(user.access.on).select_related("unit")]
        below = units.ids_below_each(own).values()
        there = apps.get_model("organisations", "Membership").objects.in_force(user.access.on)
        people = there.filter(unit_id__in=set().union(*below)).values("user_id")
        return self.filter(is_active=True, pk__in=people).exclude(pk=user.pk)

    def holding_today(self, roles, on: date):
        """Active people who hold one of the roles somewhere on that day, each once."""
        held = apps.get_model("organisations", "Membership").objects.in_force(on).filter(role__in=roles)
        return self.filter(is_active=True, pk__in=held.values("user_id")).order_by("pk")

    def demonstration(self):
        """The accounts of the demonstration, named on its sign-in page."""
        return self.filter(email__endswith="@demo.invalid", is_active=True).prefetch_related("memberships")


class MembershipQuerySet(ScopedQuerySet):
    """Roles of people in units."""

    def in_force(self, on: date):
        return self.filter(valid_from__lte=on).filter(
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=on)
        )

    def not_over(self, on: date):
        """In force on that day or later."""
        return self.filter(models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=on))

    def delegable_by(self, user):
        """The person's own roles in force that may be lent for an absence."""
        roles = roles_with(Permission.DELEGATE)
        own = self.in_force(user.access.on).filter(user=user, role__in=roles, delegated_from__isnull=True)
        return own.select_related("unit")

    def delegations_in(self, unit_ids: Iterable[int]):
        """Delegations that are not over, on those units."""
        return self.filter(delegated_from__isnull=False, unit_id__in=unit_ids)
