"""Grids sent for import, and the indicators that rows were given before answers were kept by headings."""

from django.db import models

from core.models import AbstractImport
from core.record import history
from indicators.models.catalogue import Indicator
from indicators.scope import VIEW
from organisations.models import Unit
from organisations.scope import Scope, ScopedQuerySet


class GridImport(AbstractImport):
    """A grid of indicators sent for a site and a year."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="grid_imports", verbose_name="site")
    year = models.PositiveSmallIntegerField("année")
    history = history.records(excluded_fields=["preview", "shown"])

    objects = ScopedQuerySet.as_manager()
    scope = Scope(VIEW)

    class Meta:
        verbose_name = "import de grille"
        verbose_name_plural = "imports de grille"
        ordering = ("-sent_at",)


class RowMatch(models.Model):
    """The indicator once chosen for the words of a row at a site, still found for them; nothing adds to these."""

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

    objects = ScopedQuerySet.as_manager()
    scope = Scope(VIEW)

    class Meta:
        verbose_name = "correspondance de ligne"
        verbose_name_plural = "correspondances de ligne"
        constraints = (models.UniqueConstraint(fields=["site", "key"], name="row_match_once_per_site"),)

    def __str__(self):
        return f"{self.key} → {self.indicator or 'laissée de côté'}"
