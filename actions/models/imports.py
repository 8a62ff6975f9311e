"""Plans sent as files or pasted text, and the responsibles remembered for the next one."""

from django.conf import settings
from django.db import models

from actions.scope import VIEW
from core.models import AbstractImport
from core.record import history
from organisations.models import Unit
from organisations.scope import Scope, ScopedQuerySet


class PlanImport(AbstractImport):
    """A workbook or a pasted text of action plans sent for a site; `effective_on` is the « màj » day it tells."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="plan_imports", verbose_name="site")
    effective_on = models.DateField(
        "à effet du", null=True, blank=True, help_text="Vide : la date « màj » du document, sinon aujourd’hui."
    )
    sheet = models.CharField("feuille", max_length=100, blank=True, help_text="Vide : toutes les feuilles.")
    history = history.records(excluded_fields=["preview", "shown"])

    objects = ScopedQuerySet.as_manager()
    scope = Scope(VIEW)

    class Meta:
        verbose_name = "import de plan d’actions"
        verbose_name_plural = "imports de plan d’actions"
        ordering = ("-sent_at",)


class ResponsibleMatch(models.Model):
    """Who the words of a document stand for at a site, remembered; neither unit nor person: kept as words."""

    site = models.ForeignKey(Unit, models.CASCADE, related_name="responsible_matches", verbose_name="site")
    key = models.CharField("mots reconnus", max_length=200)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="unité")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name="personne"
    )
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope(VIEW)

    class Meta:
        verbose_name = "correspondance de responsable"
        verbose_name_plural = "correspondances de responsable"
        constraints = (models.UniqueConstraint(fields=["site", "key"], name="responsible_match_once_per_site"),)

    def __str__(self):
        return f"{self.key} → {self.unit or self.user or 'mots conservés'}"
