"""What is asked: questionnaires, frozen once used, and their questions in French, easy French and English."""

from django.db import models
from django.db.models import Q

from core.record import history
from organisations.models import Unit
from organisations.scope import Scope, ScopedQuerySet
from referential.models import Engagement
from surveys.enums import CRITERION_KINDS, Kind, QuestionKind
from surveys.querysets import QuestionnaireQuerySet
from surveys.scope import QUESTIONNAIRE


class Questionnaire(models.Model):
    """A version of a questionnaire or of a mystery grid; editable until a campaign opens with it."""

    code = models.SlugField("code", max_length=60)
    version = models.PositiveSmallIntegerField("version", default=1)
    title = models.CharField("intitulé", max_length=200)
    kind = models.CharField("nature", max_length=15, choices=Kind)
    site = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questionnaires",
        verbose_name="propre à",
        help_text="Vide : modèle commun à tous les sites.",
    )
    introduction = models.TextField("introduction", blank=True)
    introduction_en = models.TextField("introduction en anglais", blank=True)
    introduction_easy = models.TextField("introduction facile à lire", blank=True)
    source = models.CharField("source", max_length=300, blank=True)
    frozen_at = models.DateTimeField("figé le", null=True, blank=True)
    history = history.records()

    objects = QuestionnaireQuerySet.as_manager()
    scope = QUESTIONNAIRE

    class Meta:
        verbose_name = "questionnaire"
        verbose_name_plural = "questionnaires"
        ordering = ("title", "-version")
        constraints = (models.UniqueConstraint(fields=["code", "version"], name="questionnaire_version_once"),)

    def __str__(self):
        return f"{self.title} (version {self.version})"


class Question(models.Model):
    """A question. A criterion (scale or yes/no) has its own base: blanks and « non concerné » are outside it."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="questions", verbose_name="questionnaire"
    )
    code = models.SlugField("code", max_length=60)
    position = models.PositiveSmallIntegerField("rang", default=0)
    kind = models.CharField("type de réponse", max_length=10, choices=QuestionKind)
    label = models.CharField("question", max_length=300)
    label_easy = models.CharField("question, facile à lire", max_length=300, blank=True)
    label_en = models.CharField("question en anglais", max_length=300, blank=True)
    help_text = models.CharField("précision", max_length=300, blank=True)
    help_text_easy = models.CharField("précision, facile à lire", max_length=300, blank=True)
    help_text_en = models.CharField("précision en anglais", max_length=300, blank=True)
    is_required = models.BooleanField("réponse obligatoire", default=False)
    allows_not_concerned = models.BooleanField("« non concerné » proposé", default=True)
    choices = models.JSONField(
        "choix", default=list, blank=True, help_text="Liste de {code, label, label_easy, label_en}."
    )
    shown_if = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="dependents", verbose_name="posée seulement si"
    )
    shown_if_answers = models.JSONField("réponses qui la font poser", default=list, blank=True)
    aliases = models.JSONField("autres intitulés rencontrés", default=list, blank=True)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("questionnaire")

    class Meta:
        verbose_name = "question"
        verbose_name_plural = "questions"
        ordering = ("questionnaire", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=["questionnaire", "code"], name="question_code_once"),
            models.CheckConstraint(
                condition=Q(shown_if__isnull=True) | ~Q(shown_if=models.F("pk")), name="question_not_its_own_condition"
            ),
        )

    def __str__(self):
        return self.label

    @property
    def is_criterion(self) -> bool:
        """Whether the question has a rate."""
        return self.kind in CRITERION_KINDS


class QuestionEngagement(models.Model):
    """An engagement, of any referential, that a question serves."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="engagement_links", verbose_name="question")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="+", verbose_name="engagement")
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("question__questionnaire")

    class Meta:
        verbose_name = "engagement d’une question"
        verbose_name_plural = "engagements d’une question"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["question", "engagement"], name="question_engagement_once"),)

    def __str__(self):
        return f"{self.question_id} : {self.engagement}"
