"""What agents are trained for, and within which delays: dated data."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from core.record import history
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.scope import Scope
from referential.models import Engagement, Module
from training.querysets import ThemeQuerySet


class TrainingTheme(models.Model):
    """What an agent is trained for: accueil physique, téléphonique… A site without its module has no such column.

    `aliases`: other words for it in files, one a line. A theme of one site is for that site and those below.
    """

    site = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="training_themes", verbose_name="site"
    )
    code = models.SlugField("code", max_length=40)
    name = models.CharField("intitulé", max_length=100)
    aliases = models.TextField("autres intitulés", blank=True, help_text="Un par ligne, tels qu’ils sont écrits.")
    engagement = models.ForeignKey(
        Engagement, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="engagement"
    )
    module = models.ForeignKey(Module, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="module")
    valid_from = models.DateField("depuis le", default=date(2000, 1, 1))
    valid_until = models.DateField("jusqu’au", null=True, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    history = history.records()

    objects = ThemeQuerySet.as_manager()
    scope = Scope(Permission.TRAINING_COUNT, from_below=(Permission.TRAINING_COUNT,), shared=True)

    class Meta:
        verbose_name = "thème de formation"
        verbose_name_plural = "thèmes de formation"
        ordering = ("position", "name")
        constraints = (
            models.UniqueConstraint(fields=["site", "code"], name="training_theme_once_per_site"),
            models.UniqueConstraint(fields=["code"], condition=Q(site__isnull=True), name="training_theme_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="training_theme_dates_in_order",
            ),
        )

    def __str__(self):
        return self.name

    @property
    def names(self) -> list[str]:
        """Every way to say it."""
        return [self.name, *filter(None, map(str.strip, self.aliases.splitlines()))]


class Requirement(models.Model):
    """The delays required for a theme from a day on; the next one that begins replaces it."""

    theme = models.ForeignKey(TrainingTheme, models.CASCADE, related_name="requirements", verbose_name="thème")
    in_force_from = models.DateField("en vigueur depuis", default=date(2000, 1, 1))
    first_months = models.PositiveSmallIntegerField("mois après la prise de poste", default=12)
    renewal_months = models.PositiveSmallIntegerField("mois après la dernière formation", default=48)
    counts_before_post = models.BooleanField("une formation antérieure au poste compte", default=True)
    window_months = models.PositiveSmallIntegerField("mois avant l’échéance où le renouvellement s’ouvre", default=6)
    source = models.CharField("source", max_length=300, blank=True)
    history = history.records()

    objects = ThemeQuerySet.as_manager()
    scope = Scope.through("theme")

    class Meta:
        verbose_name = "règle de formation"
        verbose_name_plural = "règles de formation"
        ordering = ("theme", "-in_force_from")
        constraints = (
            models.UniqueConstraint(fields=["theme", "in_force_from"], name="requirement_once_per_day"),
            models.CheckConstraint(
                condition=Q(first_months__range=(1, 120), renewal_months__range=(1, 240)),
                name="requirement_delays_in_bounds",
            ),
        )

    def __str__(self):
        return f"{self.theme} depuis le {self.in_force_from:%d/%m/%Y}"
