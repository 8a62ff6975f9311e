"""Tutoring agreements between a head, a tutor and a tutee, and their words; the files of training sent for import."""

from django.db import models
from django.db.models import F, Q

from core.models import AbstractImport
from core.record import history
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.scope import Scope, ScopedQuerySet
from training.models.people import Agent
from training.querysets import AgreementQuerySet, TemplateQuerySet


class TutoringAgreement(models.Model):
    """Who passes on which skills to whom, between two days, signed by three; a renewal points at what it renews.

    `words`: those of the template on the day of the first signature; none until then, nor when it was signed elsewhere.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="tutoring_agreements", verbose_name="unité")
    service = models.CharField("service", max_length=200)
    tutor = models.ForeignKey(Agent, models.PROTECT, related_name="tutorships", verbose_name="tuteur")
    tutee = models.ForeignKey(Agent, models.PROTECT, related_name="tutorings", verbose_name="tutoré")
    head = models.ForeignKey(
        Agent, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chef de service"
    )
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    skills = models.TextField("compétences à transmettre", blank=True)
    renews = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="renewals", verbose_name="renouvelle"
    )
    head_signed_on = models.DateField("signée par le chef de service le", null=True, blank=True)
    tutor_signed_on = models.DateField("signée par le tuteur le", null=True, blank=True)
    tutee_signed_on = models.DateField("signée par le tutoré le", null=True, blank=True)
    words = models.JSONField("texte signé", default=dict, blank=True, editable=False)
    assessment = models.TextField("bilan de fin de tutorat", blank=True)
    assessed_on = models.DateField("bilan fait le", null=True, blank=True)
    history = history.records(excluded_fields=["assessment"])

    objects = AgreementQuerySet.as_manager()
    scope = Scope(Permission.TRAINING_VIEW, unit="unit")

    class Meta:
        verbose_name = "convention de tutorat"
        verbose_name_plural = "conventions de tutorat"
        ordering = ("-starts_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="agreement_dates_in_order"),
            models.CheckConstraint(condition=~Q(tutor=F("tutee")), name="agreement_of_two_people"),
        )

    def __str__(self):
        return f"{self.service}, du {self.starts_on:%d/%m/%Y} au {self.ends_on:%d/%m/%Y}"

    @property
    def signatures(self) -> int:
        """How many of the three have signed."""
        return sum(map(bool, (self.head_signed_on, self.tutor_signed_on, self.tutee_signed_on)))


class AgreementTemplate(models.Model):
    """The words of the agreements of a préfecture or a site and of what is below; its history keeps those of before."""

    unit = models.OneToOneField(
        Unit, models.PROTECT, related_name="agreement_template", verbose_name="préfecture ou site"
    )
    preamble = models.TextField("préambule", blank=True)
    head = models.TextField("le chef de service s’engage", blank=True)
    tutor = models.TextField("le tuteur s’engage", blank=True)
    tutee = models.TextField("le tutoré s’engage", blank=True)
    ending = models.TextField("fin du tutorat", blank=True)
    history = history.records()

    objects = TemplateQuerySet.as_manager()
    scope = Scope(Permission.TRAINING_VIEW, unit="unit")

    class Meta:
        verbose_name = "modèle de convention"
        verbose_name_plural = "modèles de convention"
        ordering = ("unit__position", "unit__name")

    def __str__(self):
        return f"Modèle de convention, {self.unit}"


class TrainingImport(AbstractImport):
    """A table of agents, of sessions or of agreements sent for a unit."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="training_imports", verbose_name="unité")
    history = history.records(excluded_fields=["preview", "shown", "choices"])

    objects = ScopedQuerySet.as_manager()
    scope = Scope(Permission.TRAINING_MANAGE, unit="unit")

    class Meta:
        verbose_name = "import de suivi de formation"
        verbose_name_plural = "imports de suivi de formation"
        ordering = ("-sent_at",)
