"""The months of entry of a site, and its sealed dashboards."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Job
from core.record import history
from indicators.enums import CampaignState
from indicators.querysets import CampaignQuerySet
from indicators.scope import VIEW
from organisations.models import Unit
from organisations.scope import Scope, ScopedQuerySet


class Campaign(models.Model):
    """A month of entry at a site: open, then validated, then closed. Later corrections are amendments."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="campaigns", verbose_name="site")
    year = models.PositiveSmallIntegerField("année")
    month = models.PositiveSmallIntegerField("mois")
    state = models.CharField("état", max_length=10, choices=CampaignState, default=CampaignState.OPEN)
    due_on = models.DateField("à saisir pour le")
    validated_at = models.DateTimeField("validé le", null=True, blank=True)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="validé par"
    )
    closed_at = models.DateTimeField("clos le", null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="clos par"
    )
    history = history.records()

    objects = CampaignQuerySet.as_manager()
    scope = Scope(VIEW)

    class Meta:
        verbose_name = "mois de saisie"
        verbose_name_plural = "mois de saisie"
        ordering = ("-year", "-month", "site")
        constraints = (
            models.UniqueConstraint(fields=["site", "year", "month"], name="campaign_once_per_month"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="campaign_month_1_to_12"),
        )

    def __str__(self):
        return f"{self.month:02d}/{self.year} – {self.site}"


class Snapshot(models.Model):
    """A sealed edition of the dashboard of a site and month, kept with the digest of its inputs."""

    append_only = True  # triggers of core.record.triggers refuse UPDATE and DELETE

    site = models.ForeignKey(Unit, models.PROTECT, related_name="snapshots", verbose_name="site")
    year = models.PositiveSmallIntegerField("année")
    month = models.PositiveSmallIntegerField("mois")
    edition = models.PositiveSmallIntegerField("édition")
    payload = models.JSONField("tableau de bord")
    changes = models.JSONField("ce qui a changé depuis l’édition précédente", default=list)
    digest = models.CharField("empreinte SHA-256 des données", max_length=64)
    created_at = models.DateTimeField("calculé le", auto_now_add=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="demandé par"
    )
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+", verbose_name="travail")

    objects = ScopedQuerySet.as_manager()
    scope = Scope(VIEW)

    class Meta:
        verbose_name = "édition du tableau de bord"
        verbose_name_plural = "éditions du tableau de bord"
        ordering = ("-year", "-month", "-edition")
        constraints = (
            models.UniqueConstraint(fields=["site", "year", "month", "edition"], name="snapshot_edition_once"),
        )

    def __str__(self):
        return f"Tableau de bord {self.month:02d}/{self.year} – {self.site}, édition {self.edition}"
