"""The proof-reading of an edition: a link for one person, until a day, and what that person remarks beside the text."""

from datetime import date

from django.db import models

from core.record import history
from organisations.scope import Scope, ScopedQuerySet
from reports.models.editions import Edition, FrozenChapter


class Proofreading(models.Model):
    """The link by which one named person reads an edition. Who it is stays out of history, and is erased in time."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="proofreadings", verbose_name="édition")
    reader = models.CharField("relecteur", max_length=200)
    email = models.EmailField("adresse", blank=True)
    expires_on = models.DateField("lien valable jusqu’au")
    asked_at = models.DateTimeField("demandée le", auto_now_add=True)
    asked_by = history.author("demandée par")
    ended_at = models.DateTimeField("terminée le", null=True, blank=True)
    history = history.records(excluded_fields=["reader", "email"])

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("edition")

    class Meta:
        verbose_name = "relecture"
        verbose_name_plural = "relectures"
        ordering = ("edition", "pk")

    def __str__(self):
        return f"Relecture par {self.reader or 'une personne dont le nom est effacé'}"

    def is_open(self, on: date) -> bool:
        """Whether its link still opens the edition."""
        return self.ended_at is None and on <= self.expires_on


class ProofComment(models.Model):
    """A remark beside a passage of an edition, and whether it was dealt with."""

    proofreading = models.ForeignKey(Proofreading, models.CASCADE, related_name="comments", verbose_name="relecture")
    chapter = models.ForeignKey(FrozenChapter, models.PROTECT, related_name="comments", verbose_name="chapitre")
    passage = models.CharField("passage", max_length=300, blank=True)
    text = models.TextField("remarque")
    written_at = models.DateTimeField("écrite le", auto_now_add=True)
    is_settled = models.BooleanField("traitée", default=False)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("proofreading")

    class Meta:
        verbose_name = "remarque"
        verbose_name_plural = "remarques"
        ordering = ("chapter__position", "pk")

    def __str__(self):
        return self.text[:80]
