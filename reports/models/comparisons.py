"""The figures of the sites of a kind in a year, read once a night where they are too many to be read at each visit."""

from django.db import models

from organisations.enums import UnitKind
from organisations.scope import ScopedQuerySet


class ComparedYear(models.Model):
    """What each site of a kind measured in a year; computed, so without history. `figures`: by indicator, in the order
    of the catalogue, a list of [site, value, number of sites read as one, number of them that there are]."""

    kind = models.CharField("nature", max_length=20, choices=UnitKind)
    year = models.PositiveSmallIntegerField("année")
    figures = models.JSONField("chiffres")
    computed_at = models.DateTimeField("calculé le", auto_now=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "comparaison d’une année"
        verbose_name_plural = "comparaisons d’années"
        constraints = (models.UniqueConstraint(fields=["kind", "year"], name="compared_year_once"),)

    def __str__(self):
        return f"{self.get_kind_display()}, {self.year}"
