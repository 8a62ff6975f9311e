"""Files sent for a committee: its members, or who came to a meeting. The committee may not exist yet."""

from django.db import models

from clu.enums import CommitteeKind
from clu.scope import OF_SITE
from core.models import AbstractImport
from core.record import history
from organisations.models import Unit
from organisations.scope import ScopedQuerySet


class MembersImport(AbstractImport):
    """The list of an arrêté."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="committee_member_imports", verbose_name="site")
    kind = models.CharField("instance", max_length=10, choices=CommitteeKind)
    history = history.records(excluded_fields=["preview", "shown"])

    objects = ScopedQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "import de membres"
        verbose_name_plural = "imports de membres"
        ordering = ("-sent_at",)


class AttendanceImport(AbstractImport):
    """The attendance sheet of a day."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="attendance_imports", verbose_name="site")
    kind = models.CharField("instance", max_length=10, choices=CommitteeKind)
    held_on = models.DateField("réunion du")
    history = history.records(excluded_fields=["preview", "shown"])

    objects = ScopedQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "import d’une feuille de présence"
        verbose_name_plural = "imports de feuilles de présence"
        ordering = ("-sent_at",)
