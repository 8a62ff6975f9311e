"""What a site decides: its delays as dated data, its model replies, how long the data of people are kept."""

from django.db import models

from complaints.enums import Medium, MessageKind, Nature
from complaints.querysets import ReplyTemplateQuerySet
from complaints.scope import OF_SITE
from core.record import history
from organisations.models import Unit
from organisations.scope import ScopedQuerySet


class DelayRule(models.Model):
    """The delays of a site for a medium, from a day on; until then, those that are shipped."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="delay_rules", verbose_name="site")
    medium = models.CharField("voie", max_length=15, choices=Medium)
    valid_from = models.DateField("demandes reçues depuis le")
    acknowledge_days = models.PositiveSmallIntegerField("accusé de réception (jours calendaires)")
    answer_days = models.PositiveSmallIntegerField("réponse sur le fond (jours ouvrés)")
    source = models.CharField("source", max_length=300, help_text="Texte ou décision qui le fixe.")
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "règle de délai"
        verbose_name_plural = "règles de délai"
        ordering = ("medium", "-valid_from")
        constraints = (models.UniqueConstraint(fields=["site", "medium", "valid_from"], name="delay_rule_once_a_day"),)

    def __str__(self):
        return f"{self.get_medium_display()}, depuis le {self.valid_from:%d/%m/%Y}"


class ReplyTemplate(models.Model):
    """A model reply of a site; {reference}, {received_on}, {answer_by}, {service} are filled in."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="reply_templates", verbose_name="site")
    kind = models.CharField("pour", max_length=20, choices=MessageKind)
    title = models.CharField("intitulé", max_length=200)
    language = models.CharField("langue", max_length=5, default="fr")
    subject = models.CharField("objet", max_length=200)
    body = models.TextField("texte")
    approved_on = models.DateField("avis du CLU le", null=True, blank=True, help_text="Engagement 16.3.")
    is_active = models.BooleanField("proposé", default=True)
    history = history.records()

    objects = ReplyTemplateQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "modèle de réponse"
        verbose_name_plural = "modèles de réponse"
        ordering = ("kind", "title")

    def __str__(self):
        return self.title

    @property
    def approval(self) -> str:
        return f"avis du CLU du {self.approved_on:%d/%m/%Y}" if self.approved_on else "sans avis du CLU"


class RetentionTerm(models.Model):
    """How long the data of people are kept after a case is closed, by kind, from a day on."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="retention_terms", verbose_name="site")
    kind = models.CharField("nature", max_length=20, choices=Nature)
    valid_from = models.DateField("depuis le")
    months = models.PositiveSmallIntegerField("durée (mois)")
    is_confirmed = models.BooleanField("confirmée", default=False)
    source = models.CharField("source", max_length=300, blank=True)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "durée de conservation"
        verbose_name_plural = "durées de conservation"
        ordering = ("kind", "-valid_from")
        constraints = (
            models.UniqueConstraint(fields=["site", "kind", "valid_from"], name="retention_term_once_a_day"),
        )

    def __str__(self):
        return f"{self.get_kind_display()} : {self.months} mois"
