"""The register of documents: what is shown and handed out, who keeps it up to date, the files that prove it."""

import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from audits.enums import CheckOutcome, DocumentKind, DueState
from audits.querysets import DocumentQuerySet
from audits.scope import DOCUMENT
from audits.terms import documents as rules
from audits.terms.documents import CheckPeriod
from core.record import history
from organisations.models import Unit
from organisations.scope import Scope, ScopedQuerySet
from referential.models import Engagement

TOKEN_BYTES = 9


def new_token() -> str:
    """What stands in the QR label of a document: nobody guesses that of another."""
    return secrets.token_urlsafe(TOKEN_BYTES)


class Document(models.Model):
    """A document of the register: procedure, guide, poster, page of the website… Its next check follows from the rest.

    `planned_check_on` is the day a register gives without saying its period.
    """

    site = models.ForeignKey(Unit, models.PROTECT, related_name="documents", verbose_name="site")
    title = models.CharField("intitulé", max_length=300)
    kind = models.CharField("nature", max_length=20, choices=DocumentKind, default=DocumentKind.OTHER)
    owner = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="service qui le tient"
    )
    owner_words = models.CharField("responsable tel qu’écrit", max_length=200, blank=True)
    version = models.CharField("version", max_length=60, blank=True)
    version_on = models.DateField("date de la version", null=True, blank=True)
    checked_on = models.DateField("dernière vérification", null=True, blank=True)
    period_months = models.PositiveSmallIntegerField("période, en mois", default=0)
    period_days = models.PositiveSmallIntegerField("période, en jours", default=0)
    is_on_change = models.BooleanField("vérifié à chaque changement", default=False)
    planned_check_on = models.DateField("vérification prévue le", null=True, blank=True)
    link = models.URLField("adresse", max_length=500, blank=True)
    place = models.CharField("où il est affiché ou rangé", max_length=300, blank=True)
    comment = models.TextField("commentaire", blank=True)
    withdrawn_on = models.DateField("retiré le", null=True, blank=True)
    token = models.CharField("étiquette", max_length=20, unique=True, default=new_token, editable=False)
    engagements = models.ManyToManyField(
        Engagement, through="DocumentEngagement", related_name="documents", verbose_name="engagements"
    )
    history = history.records()

    objects = DocumentQuerySet.as_manager()
    scope = DOCUMENT

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documents"
        ordering = ("site", "title", "pk")
        indexes = (models.Index(fields=["site", "kind"], name="document_site_kind"),)
        constraints = (
            models.UniqueConstraint(
                fields=["site", "title"], condition=Q(withdrawn_on__isnull=True), name="document_title_once_per_site"
            ),
            models.CheckConstraint(
                condition=Q(is_on_change=False) | Q(period_months=0, period_days=0), name="document_one_period"
            ),
        )

    def __str__(self):
        return self.title

    @property
    def period(self) -> CheckPeriod:
        return CheckPeriod(self.period_months, self.period_days, self.is_on_change)

    @period.setter
    def period(self, period: CheckPeriod) -> None:
        self.period_months, self.period_days, self.is_on_change = period.months, period.days, period.on_change

    @property
    def next_check_on(self) -> date | None:
        """The day of the next check; None when none is due, or when nothing says when."""
        computed = rules.next_check_on(self.period, checked_on=self.checked_on, version_on=self.version_on)
        return computed or (None if self.is_on_change else self.planned_check_on)

    @property
    def owner_label(self) -> str:
        return (self.owner.sigle or self.owner.name) if self.owner else self.owner_words

    def state_on(self, on: date, *, within: int = 0) -> DueState:
        return rules.state_on(on, self.next_check_on, on_change=self.is_on_change, within=within)


class DocumentEngagement(models.Model):
    """An engagement that a document serves; a row of its own, so that its history can be read on any day."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="engagement_links", verbose_name="document")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="document_links", verbose_name="engagement")
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("document")

    class Meta:
        verbose_name = "engagement d’un document"
        verbose_name_plural = "engagements d’un document"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["document", "engagement"], name="document_engagement_once"),)

    def __str__(self):
        return f"{self.document_id} : {self.engagement}"


class DocumentCheck(models.Model):
    """Somebody looked at the document: « vu, à jour », or to be changed."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="checks", verbose_name="document")
    checked_on = models.DateField("vérifié le")
    outcome = models.CharField("constat", max_length=12, choices=CheckOutcome)
    note = models.CharField("remarque", max_length=300, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="vérifié par"
    )
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("document")

    class Meta:
        verbose_name = "vérification"
        verbose_name_plural = "vérifications"
        ordering = ("document", "-checked_on", "-pk")

    def __str__(self):
        return f"{self.get_outcome_display()}, {self.checked_on:%d/%m/%Y}"


class Evidence(models.Model):
    """A file of a document, as it was on a day: kept with its digest, the day of the fact and the day received."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="evidences", verbose_name="document")
    file = models.FileField("fichier", upload_to="documents/%Y/%m/")
    name = models.CharField("nom du fichier", max_length=200)
    size = models.PositiveIntegerField("taille (octets)", default=0)
    digest = models.CharField("empreinte SHA-256", max_length=64)
    version = models.CharField("version", max_length=60, blank=True)
    fact_on = models.DateField("jour du fait", null=True, blank=True, help_text="Celui que montre le document.")
    received_on = models.DateField("reçu le", default=timezone.localdate)
    note = models.CharField("ce qu’il montre", max_length=300, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="joint par"
    )
    added_at = models.DateTimeField("joint le", default=timezone.now)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("document")

    class Meta:
        verbose_name = "pièce"
        verbose_name_plural = "pièces"
        ordering = ("document", "-added_at", "-pk")

    def __str__(self):
        return self.name
