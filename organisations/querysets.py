"""Named reads of units, users and memberships."""

from datetime import date

from django.db import models
from tree_queries.query import TreeQuerySet

from organisations.enums import SITE_KINDS
from organisations.permissions import Permission


class UnitQuerySet(TreeQuerySet):
    """Units of the tree."""

    def visible_to(self, user):
        """Units the user may see: those of the memberships in force and all below."""
        return self.filter(pk__in=user.access.visible_unit_ids)

    def ids_below(self, unit_id: int) -> set[int]:
        """Identifiers of a unit and of all below it, in one recursive query."""
        return set(self.descendants(self.model(pk=unit_id), include_self=True).values_list("pk", flat=True))

    def sites(self):
        """Préfectures and sous-préfectures: what a label, an audit and results attach to."""
        return self.filter(kind__in=SITE_KINDS)

    def active(self, on: date):
        return self.filter(active_from__lte=on).filter(
            models.Q(active_until__isnull=True) | models.Q(active_until__gte=on)
        )


class UserQuerySet(models.QuerySet):
    """People with an account."""

    def visible_to(self, user):
        """Oneself and the people who have a membership in the units one may see accounts of."""
        units = user.access.units_with(Permission.ACCOUNT_VIEW)
        return self.filter(models.Q(pk=user.pk) | models.Q(memberships__unit_id__in=units)).distinct()

    def demonstration(self):
        """The accounts of the demonstration, named on its sign-in page."""
        return self.filter(email__endswith="@demo.invalid", is_active=True).prefetch_related("memberships__unit")


class MembershipQuerySet(models.QuerySet):
    """Roles of people in units."""

    def in_force(self, on: date):
        return self.filter(valid_from__lte=on).filter(
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=on)
        )

    def not_over(self, on: date):
        """In force on that day or later."""
        return self.filter(models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=on))

    def visible_to(self, user):
        units = user.access.units_with(Permission.ACCOUNT_VIEW)
        return self.filter(models.Q(user=user) | models.Q(unit_id__in=units))
