"""A case: what was received, its three dates, the delays it is held to, how it ended."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from actions.models import Finding
from complaints.enums import Channel, Nature, Origin, Outcome, OutOfScope, Topic
from complaints.querysets import ComplaintQuerySet
from complaints.scope import CASE
from core.models import Identity
from core.record import history
from organisations.models import Unit
from organisations.scope import Scope, ScopedQuerySet
from referential.models import Engagement


class Complaint(models.Model):
    """A complaint, suggestion, compliment or request for information.

    `acknowledge_by`, `answer_by`, `suspended_days` and `delay_days` are computed (`complaints.rules.delays`), null
    where there is no duty; those of a closed case are the ones it was judged by. Who wrote, and what they wrote, is its
    `identity`: encrypted, read under a reason, erased by its key.
    """

    reference = models.CharField("référence", max_length=20, unique=True)
    site = models.ForeignKey(Unit, models.PROTECT, related_name="complaints", verbose_name="site")
    channel = models.CharField("canal", max_length=20, choices=Channel)
    kind = models.CharField("nature", max_length=20, choices=Nature, default=Nature.COMPLAINT)
    in_scope = models.BooleanField("dans le champ", default=True)
    out_of_scope = models.CharField("raison hors champ", max_length=25, choices=OutOfScope, blank=True)
    origin = models.CharField("venant de", max_length=20, choices=Origin, default=Origin.USER)
    is_reachable = models.BooleanField("personne joignable", default=True)
    theme = models.CharField("thème", max_length=20, choices=Topic, blank=True)
    theme_words = models.CharField("thème en toutes lettres", max_length=200, blank=True)
    engagement = models.ForeignKey(
        Engagement, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="engagement"
    )
    service = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="service concerné"
    )
    service_words = models.CharField("service en toutes lettres", max_length=200, blank=True)
    language = models.CharField("langue", max_length=5, default="fr")
    identity = models.ForeignKey(
        Identity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="personne et texte"
    )
    received_on = models.DateField("reçue le")
    acknowledged_on = models.DateField("accusé de réception le", null=True, blank=True)
    is_transmitted = models.BooleanField("transmise à un service", default=False)
    transmitted_to = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="transmise à"
    )
    transmitted_words = models.CharField("transmise à, en toutes lettres", max_length=200, blank=True)
    transmitted_on = models.DateField("transmise le", null=True, blank=True)
    answered_on = models.DateField("réponse sur le fond le", null=True, blank=True)
    extended_to = models.DateField("prolongée jusqu’au", null=True, blank=True)
    acknowledge_by = models.DateField("à accuser avant le", null=True, blank=True)
    answer_by = models.DateField("à répondre avant le", null=True, blank=True)
    suspended_days = models.PositiveIntegerField("jours ouvrés suspendus", null=True, blank=True)
    delay_days = models.PositiveIntegerField("délai de réponse (jours ouvrés)", null=True, blank=True)
    outcome = models.CharField("issue", max_length=20, choices=Outcome, blank=True)
    lesson = models.TextField("ce qui en est appris", blank=True)
    closed_on = models.DateField("close le", null=True, blank=True)
    second_look_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="second_looks", verbose_name="second regard sur"
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="suivie par"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="enregistrée par",
    )
    source = models.ForeignKey(
        "complaints.ComplaintImport",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
        verbose_name="import",
    )
    line_key = models.CharField("ligne du fichier", max_length=64, blank=True, editable=False)
    history = history.records()

    objects = ComplaintQuerySet.as_manager()
    scope = CASE

    class Meta:
        verbose_name = "réclamation ou suggestion"
        verbose_name_plural = "réclamations et suggestions"
        ordering = ("-received_on", "-pk")
        indexes = (
            models.Index(fields=["site", "received_on"], name="complaint_site_day"),
            models.Index(fields=["site", "answer_by"], condition=Q(closed_on__isnull=True), name="complaint_open_due"),
            models.Index(fields=["identity"], name="complaint_identity"),
            models.Index(fields=["-closed_on"], name="complaint_last_closed"),  # the order of the inbox
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(acknowledged_on__isnull=True) | Q(acknowledged_on__gte=F("received_on")),
                name="complaint_acknowledged_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("received_on")),
                name="complaint_answered_after_receipt",
            ),
        )

    def __str__(self):
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def theme_label(self) -> str:
        return self.get_theme_display() if self.theme else self.theme_words

    @property
    def service_label(self) -> str:
        return str(self.service or self.service_words)

    @property
    def transmitted_label(self) -> str:
        return str(self.transmitted_to or self.transmitted_words)

    @property
    def where_label(self) -> str:
        """The service that it is about, or the one it was sent to."""
        return f"transmise à {self.transmitted_label}" if self.transmitted_label else self.service_label


class Suspension(models.Model):
    """The user was asked for something; the delay stops after that day, up to the day of the reply."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="suspensions", verbose_name="dossier")
    asked_on = models.DateField("demandé à l’usager le")
    replied_on = models.DateField("réponse de l’usager le", null=True, blank=True)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("complaint")

    class Meta:
        verbose_name = "attente de l’usager"
        verbose_name_plural = "attentes de l’usager"
        ordering = ("asked_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True) | Q(replied_on__gte=F("asked_on")),
                name="suspension_dates_in_order",
            ),
        )

    def __str__(self):
        return f"{self.complaint} : depuis le {self.asked_on:%d/%m/%Y}"


class CaseFinding(models.Model):
    """A case led to a finding of the plan: one or several cases to one finding."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="findings", verbose_name="dossier")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+", verbose_name="constat")
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("complaint")

    class Meta:
        verbose_name = "suite au plan d’actions"
        verbose_name_plural = "suites au plan d’actions"
        constraints = (models.UniqueConstraint(fields=["complaint", "finding"], name="case_finding_once"),)

    def __str__(self):
        return f"{self.complaint} → {self.finding}"
