"""Grids sent for import, and the rows remembered for the next one."""

from django.db import models

from core import history
from core.models import AbstractImport
from indicators.models.catalogue import Indicator
from indicators.querysets import BySiteQuerySet
from organisations.models import Unit


class GridImport(AbstractImport):
    """A grid of indicators sent for a site and a year."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="grid_imports", verbose_name="site")
    year = models.PositiveSmallIntegerField("année")
    history = history.records(excluded_fields=["preview"])

    objects = BySiteQuerySet.as_manager()

    class Meta:
        verbose_name = "import de grille"
        verbose_name_plural = "imports de grille"
        ordering = ("-sent_at",)


class RowMatch(models.Model):
    """The indicator chosen for a row of a site's grid, remembered for the next import; none: the row is left out."""

    site = models.ForeignKey(Unit, models.CASCADE, related_name="row_matches", verbose_name="site")
    key = models.CharField("ligne reconnue", max_length=400)
    indicator = models.ForeignKey(
        Indicator,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="row_matches",
        verbose_name="indicateur",
        help_text="Vide : ligne laissée de côté.",
    )
    history = history.records()

    objects = BySiteQuerySet.as_manager()

    class Meta:
        verbose_name = "correspondance de ligne"
        verbose_name_plural = "correspondances de ligne"
        constraints = (models.UniqueConstraint(fields=["site", "key"], name="row_match_once_per_site"),)

    def __str__(self):
        return f"{self.key} → {self.indicator or 'laissée de côté'}"
