"""The images of a report: kept once, re-encoded, shown in its written parts under an address that the text holds."""

from django.db import models

from core.record import history
from organisations.scope import Scope, ScopedQuerySet
from reports.models.reports import AnnualReport


class ReportImage(models.Model):
    """An image of the written parts of a report, as we encoded it; what stands for it is said where it is shown."""

    append_only = True

    report = models.ForeignKey(AnnualReport, models.PROTECT, related_name="images", verbose_name="bilan")
    file = models.FileField("fichier", upload_to="reports/%Y/%m/")
    name = models.CharField("nom du fichier", max_length=200)
    width = models.PositiveIntegerField("largeur (points)")
    height = models.PositiveIntegerField("hauteur (points)")
    digest = models.CharField("empreinte SHA-256", max_length=64)
    added_at = models.DateTimeField("ajoutée le", auto_now_add=True)
    added_by = history.author("ajoutée par")

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("report")

    class Meta:
        verbose_name = "image du bilan"
        verbose_name_plural = "images du bilan"
        ordering = ("report", "pk")

    def __str__(self):
        return self.name
