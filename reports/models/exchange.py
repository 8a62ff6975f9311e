"""The figures of sites held by other installations, as their signed files said them."""

from django.db import models

from core.record import history
from organisations.enums import UnitKind
from organisations.scope import ScopedQuerySet


class ForeignYear(models.Model):
    """A year of a site of another installation; `key` signed its file, and every later one of that site."""

    code = models.CharField("code du site", max_length=60)
    name = models.CharField("site", max_length=200)
    kind = models.CharField("nature", max_length=20, choices=UnitKind)
    year = models.PositiveSmallIntegerField("année")
    is_named = models.BooleanField("nom montré")
    key = models.CharField("clé", max_length=60)
    figures = models.JSONField("chiffres")
    written_at = models.DateTimeField("écrit le")
    digest = models.CharField("empreinte SHA-256", max_length=64)
    read_at = models.DateTimeField("lu le", auto_now=True)
    read_by = history.author("lu par")
    history = history.records()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "chiffres d’une autre installation"
        verbose_name_plural = "chiffres d’autres installations"
        ordering = ("-year", "code")
        constraints = (models.UniqueConstraint(fields=["code", "year"], name="foreign_year_once"),)

    def __str__(self):
        return f"{self.name}, {self.year}"
