"""Forms received, one row each; the files they come from; what is said of their free texts."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models import AbstractImport
from core.record import history
from organisations.models import Unit
from organisations.scope import Scope, ScopedQuerySet
from referential.enums import Theme
from surveys.enums import Channel, Language
from surveys.models.campaigns import Campaign, CollectionPoint, Place, Scenario
from surveys.models.questionnaires import Question
from surveys.querysets import ResponseQuerySet
from surveys.scope import OF_SITE


class SurveyImport(AbstractImport):
    """An export of another tool, or the tests made without network, sent for a campaign."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="imports", verbose_name="campagne")
    history = history.records(excluded_fields=["preview", "shown"])

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("campaign")

    class Meta:
        verbose_name = "import d’enquête"
        verbose_name_plural = "imports d’enquête"
        ordering = ("-sent_at",)


class HeaderMatch(models.Model):
    """What a column of a site's files stands for, remembered; `target` is a question code or « @date », « @place »…"""

    site = models.ForeignKey(Unit, models.CASCADE, related_name="header_matches", verbose_name="site")
    questionnaire_code = models.SlugField("questionnaire", max_length=60)
    key = models.CharField("colonne reconnue", max_length=300)
    target = models.CharField("devient", max_length=80, blank=True, help_text="Vide : colonne laissée de côté.")
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "correspondance de colonne"
        verbose_name_plural = "correspondances de colonne"
        constraints = (models.UniqueConstraint(fields=["site", "questionnaire_code", "key"], name="header_match_once"),)

    def __str__(self):
        return f"{self.key} → {self.target or 'laissée de côté'}"


class Response(models.Model):
    """One form, whatever is resent: its key is drawn where it is filled in.

    `answers` maps the code of a question to the code of the answer, a list of codes, or a text; a question left blank
    is absent. Nothing tells who answered. Its arrival is its row; later changes (a form set aside) are in the history.
    """

    arrives_unrecorded = True  # verification does not ask for the history of its arrival; see `surveys.evidence`

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="responses", verbose_name="campagne")
    key = models.UUIDField("clé d’unicité", unique=True)
    channel = models.CharField("canal", max_length=15, choices=Channel)
    point = models.ForeignKey(
        CollectionPoint, models.PROTECT, null=True, blank=True, related_name="responses", verbose_name="point"
    )
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="responses", verbose_name="lieu"
    )
    language = models.CharField("langue", max_length=10, choices=Language, default=Language.FRENCH)
    answered_on = models.DateField("remplie le")
    received_at = models.DateTimeField("reçue le", default=timezone.now)
    answers = models.JSONField("réponses", default=dict)
    has_text = models.BooleanField("avec texte libre", default=False)
    scenario = models.ForeignKey(
        Scenario, models.PROTECT, null=True, blank=True, related_name="responses", verbose_name="scénario"
    )
    tester = models.CharField("enquêteur", max_length=200, blank=True)
    duration = models.PositiveIntegerField("durée du test (secondes)", null=True, blank=True)
    sent_at = models.DateTimeField("envoyé le", null=True, blank=True)
    replied_at = models.DateTimeField("réponse ou accusé reçu le", null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="saisie par"
    )
    source = models.ForeignKey(
        SurveyImport, models.PROTECT, null=True, blank=True, related_name="responses", verbose_name="import"
    )
    number = models.CharField("numéro du formulaire", max_length=60, blank=True)
    withdrawn_at = models.DateTimeField("écartée le", null=True, blank=True)
    withdrawn_reason = models.CharField("raison", max_length=300, blank=True)
    history = history.records()

    objects = ResponseQuerySet.as_manager()
    scope = Scope.through("campaign")

    class Meta:
        verbose_name = "formulaire reçu"
        verbose_name_plural = "formulaires reçus"
        ordering = ("campaign", "received_at", "pk")
        indexes = (models.Index(fields=["campaign", "answered_on"], name="response_campaign_day"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True) | Q(replied_at__gte=models.F("sent_at")),
                name="response_replied_after_it_was_sent",
            ),
        )

    def __str__(self):
        return f"{self.campaign} : {self.number or self.key}"

    @property
    def delay(self) -> timedelta | None:
        """The time from a message to its reply or acknowledgement; None where one of the two is not known."""
        return self.replied_at - self.sent_at if self.sent_at and self.replied_at else None


class Verbatim(models.Model):
    """What is said of a free text: its theme, and whether it must not be shown."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="verbatims", verbose_name="formulaire")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name="question")
    theme = models.CharField("thème", max_length=20, choices=Theme, blank=True)
    is_hidden = models.BooleanField("masqué", default=False)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("response__campaign")

    class Meta:
        verbose_name = "commentaire lu"
        verbose_name_plural = "commentaires lus"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["response", "question"], name="verbatim_once"),)

    def __str__(self):
        return f"{self.response_id} : {self.question}"
