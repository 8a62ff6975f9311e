"""What comes out of a campaign: kept results, answers to the public, findings, posters and decks."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from actions.models import Action, Finding
from core.models import Job
from core.record import history
from organisations.scope import Scope, ScopedQuerySet
from referential.enums import Theme
from surveys.enums import PublicationKind
from surveys.models.campaigns import Campaign
from surveys.models.questionnaires import Question


class CampaignResult(models.Model):
    """The results of a campaign, ready to print: a summary row, rebuildable at any time from the forms.

    `payload` holds {"returns", "forms", "answers": {question: {answer: number}}, "by_place", "by_channel", "by_month"}
    (`surveys.rules.tallies`); `surveys.results` reads it.
    """

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="result", verbose_name="campagne")
    returns = models.PositiveIntegerField("retours", default=0)
    payload = models.JSONField("résultats", default=dict)
    digest = models.CharField("empreinte SHA-256", max_length=64)
    computed_at = models.DateTimeField("calculés le", default=timezone.now)

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("campaign")

    class Meta:
        verbose_name = "résultats d’enquête"
        verbose_name_plural = "résultats d’enquête"

    def __str__(self):
        return f"Résultats – {self.campaign}"


class Feedback(models.Model):
    """« Vous l’avez demandé, nous l’avons fait »: what the public asked for and what was done about it."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="feedbacks", verbose_name="campagne")
    theme = models.CharField("thème", max_length=20, choices=Theme, default=Theme.OTHER)
    request = models.CharField("vous l’avez demandé", max_length=300)
    reply = models.CharField("nous l’avons fait", max_length=300, blank=True)
    action = models.ForeignKey(
        Action, models.SET_NULL, null=True, blank=True, related_name="feedbacks", verbose_name="action"
    )
    is_published = models.BooleanField("publié", default=False)
    position = models.PositiveSmallIntegerField("rang", default=0)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("campaign")

    class Meta:
        verbose_name = "réponse aux usagers"
        verbose_name_plural = "réponses aux usagers"
        ordering = ("campaign", "position", "pk")

    def __str__(self):
        return self.request


class CriterionFinding(models.Model):
    """The finding that a weak criterion of a campaign opened in the action plan."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="criterion_findings", verbose_name="campagne")
    question = models.ForeignKey(Question, models.PROTECT, related_name="+", verbose_name="critère")
    finding = models.ForeignKey(Finding, models.CASCADE, related_name="criteria", verbose_name="constat")
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("campaign")

    class Meta:
        verbose_name = "constat issu d’un critère"
        verbose_name_plural = "constats issus d’un critère"
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["campaign", "question", "finding"], name="criterion_finding_once"),
        )

    def __str__(self):
        return f"{self.question} → {self.finding_id}"


class Publication(models.Model):
    """A poster or a deck as it was produced; out of date once the results or the plan are no longer those it shows."""

    append_only = True  # triggers of core.record.triggers refuse UPDATE and DELETE

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="publications", verbose_name="campagne")
    kind = models.CharField("nature", max_length=15, choices=PublicationKind)
    file = models.FileField("fichier", upload_to="publications/%Y/%m/")
    name = models.CharField("nom du fichier", max_length=200)
    shown_digest = models.CharField("empreinte de ce qui est montré", max_length=64)
    file_digest = models.CharField("empreinte SHA-256 du fichier", max_length=64)
    created_at = models.DateTimeField("produite le", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="produite par"
    )
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+", verbose_name="travail")

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("campaign")

    class Meta:
        verbose_name = "publication"
        verbose_name_plural = "publications"
        ordering = ("-created_at", "-pk")

    def __str__(self):
        return self.name


class PublicEdition(models.Model):
    """What everyone reads of a closed campaign: a copy that somebody reviewed, with public words of its own.

    `content` holds a `surveys.publications.Content`. Changing the plan changes nothing here; « retirer » ends it.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="public_editions", verbose_name="campagne")
    content = models.JSONField("ce que tout le monde lit")
    digest = models.CharField("empreinte SHA-256", max_length=64)
    published_at = models.DateTimeField("publiée le", default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="relue et publiée par"
    )
    withdrawn_at = models.DateTimeField("retirée le", null=True, blank=True)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("campaign")

    class Meta:
        verbose_name = "édition publique"
        verbose_name_plural = "éditions publiques"
        ordering = ("-published_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=["campaign"], condition=Q(withdrawn_at=None), name="public_edition_one_in_force"
            ),
        )

    def __str__(self):
        return f"{self.campaign}, publiée le {self.published_at:%d/%m/%Y}"
