"""Named reads of the referentials."""

from django.db import models

from organisations.permissions import Permission


class ReferentialQuerySet(models.QuerySet):
    """Referentials are common to all who may read them."""

    def visible_to(self, user):
        return self if user.can(Permission.REFERENTIAL_VIEW) else self.none()


class PerimeterQuerySet(models.QuerySet):
    """Modules retained by sites."""

    def visible_to(self, user):
        return self.filter(site_id__in=user.access.visible_unit_ids)
