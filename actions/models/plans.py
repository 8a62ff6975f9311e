"""Plan → finding → action → proof. Each keeps its history with the day of effect and the day of recording."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from actions.enums import Effectiveness, FindingKind, Origin, Status
from actions.querysets import ActionQuerySet, PlanQuerySet
from actions.scope import ANSWERED, VIEW, read_with
from core.record import history
from core.time.fuzzy_dates import FuzzyDate
from organisations.models import Unit
from organisations.rules.titles import person_label
from organisations.scope import Scope, ScopedQuerySet
from referential.enums import Theme
from referential.models import Engagement, Module, Referential


class Plan(models.Model):
    """The actions that follow one origin at one site: an audit, a CLU, a survey…"""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="plans", verbose_name="site")
    title = models.CharField("intitulé", max_length=300)
    origin = models.CharField("origine", max_length=20, choices=Origin)
    origin_on = models.DateField("date de l’origine", null=True, blank=True)
    referential = models.ForeignKey(
        Referential, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name="référentiel"
    )
    updated_on = models.DateField("mis à jour le", null=True, blank=True, help_text="La date « màj » du document.")
    comment = models.TextField("commentaire", blank=True)
    history = history.records(bases=[history.Recorded])

    objects = PlanQuerySet.as_manager()
    scope = Scope(VIEW, own=read_with("finding__plan"))

    class Meta:
        verbose_name = "plan d’actions"
        verbose_name_plural = "plans d’actions"
        ordering = ("-origin_on", "pk")
        constraints = (models.UniqueConstraint(fields=["site", "title"], name="plan_title_once_per_site"),)

    def __str__(self):
        return self.title


class Finding(models.Model):
    """What was found (« constat », « point relevé »); closed on the day its last action is settled."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="findings", verbose_name="plan d’actions")
    number = models.PositiveSmallIntegerField("numéro")
    section = models.CharField("rubrique", max_length=300, blank=True, help_text="Telle qu’écrite dans le document.")
    module = models.ForeignKey(
        Module, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="module"
    )
    engagement_words = models.TextField("engagement tel qu’écrit", blank=True)
    engagements = models.ManyToManyField(
        Engagement, through="FindingEngagement", related_name="findings", verbose_name="engagements"
    )
    text = models.TextField("constat")
    kind = models.CharField("nature", max_length=20, choices=FindingKind, default=FindingKind.OBSERVATION)
    theme = models.CharField("thème", max_length=20, choices=Theme, default=Theme.OTHER)
    closed_on = models.DateField("clos le", null=True, blank=True)
    history = history.records(bases=[history.Recorded])

    objects = ScopedQuerySet.as_manager()
    scope = Scope(VIEW, unit="plan__site", own=read_with("finding"))

    class Meta:
        verbose_name = "constat"
        verbose_name_plural = "constats"
        ordering = ("plan", "number")
        constraints = (models.UniqueConstraint(fields=["plan", "number"], name="finding_number_once_per_plan"),)

    def __str__(self):
        return f"{self.number} – {self.text}"


class FindingEngagement(models.Model):
    """An engagement that a finding is about; a row of its own, so that its history can be read on any day."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="engagement_links", verbose_name="constat")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="finding_links", verbose_name="engagement")
    history = history.records(bases=[history.Recorded])

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("finding")

    class Meta:
        verbose_name = "engagement d’un constat"
        verbose_name_plural = "engagements d’un constat"
        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=["finding", "engagement"], name="finding_engagement_once"),)

    def __str__(self):
        return f"{self.finding_id} : {self.engagement}"


class Action(models.Model):
    """What is decided about a finding, by whom and by when. An empty text means that the finding says it all."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="actions", verbose_name="constat")
    position = models.PositiveSmallIntegerField("rang", default=0)
    text = models.TextField("action", blank=True)
    status = models.CharField("statut", max_length=10, choices=Status, default=Status.TODO)
    status_reason = models.TextField("raison du report ou de l’abandon", blank=True)
    comment = models.TextField("commentaire", blank=True)
    done_on = models.DateField("réalisée le", null=True, blank=True)
    deadline_text = models.CharField("échéance", max_length=200, blank=True, help_text="Telle qu’écrite.")
    deadline_earliest = models.DateField("échéance, au plus tôt", null=True, blank=True)
    deadline_latest = models.DateField("échéance, au plus tard", null=True, blank=True)
    deadline_event = models.CharField("échéance liée à", max_length=40, blank=True)
    promised_text = models.CharField("première promesse", max_length=200, blank=True)
    promised_latest = models.DateField("première promesse, au plus tard", null=True, blank=True)
    move_count = models.PositiveSmallIntegerField("reports d’échéance", default=0)
    expected_effect = models.TextField("effet attendu", blank=True)
    review_due_on = models.DateField("efficacité à vérifier le", null=True, blank=True)
    review_result = models.CharField("efficacité", max_length=12, choices=Effectiveness, blank=True)
    reviewed_on = models.DateField("efficacité vérifiée le", null=True, blank=True)
    review_comment = models.TextField("constat d’efficacité", blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="twins", verbose_name="jumelée avec"
    )
    history = history.records(bases=[history.Recorded])

    objects = ActionQuerySet.as_manager()
    scope = Scope(VIEW, unit="finding__plan__site", own=ANSWERED)

    class Meta:
        verbose_name = "action"
        verbose_name_plural = "actions"
        ordering = ("finding", "position", "pk")
        indexes = (models.Index(fields=["status", "deadline_latest"], name="action_status_deadline"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(deadline_earliest__isnull=True)
                | Q(deadline_latest__isnull=True)
                | Q(deadline_latest__gte=F("deadline_earliest")),
                name="action_deadline_in_order",
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("pk")), name="action_not_its_own_twin"),
            models.CheckConstraint(
                condition=Q(review_result="") | Q(reviewed_on__isnull=False), name="action_review_is_dated"
            ),
        )

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        """The words of the action; those of its finding where the document had one column for both."""
        return self.text or history.related(self, "finding").text

    @property
    def deadline(self) -> FuzzyDate:
        """The deadline as a value: the words with their earliest and latest day."""
        return FuzzyDate.stored(
            self.deadline_text, self.deadline_earliest, self.deadline_latest, event=self.deadline_event
        )

    def is_late(self, on) -> bool:
        """Pending after the latest day of its deadline; an action without a known latest day is never late."""
        return self.status not in {Status.DONE, Status.ABANDONED} and self.deadline.is_late(on)


class ActionResponsible(models.Model):
    """A unit or a person who answers for an action; words alone when the document named nobody known."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="responsibles", verbose_name="action")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="action_responsibilities", verbose_name="unité"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="action_responsibilities",
        verbose_name="personne",
    )
    words = models.CharField("tel qu’écrit", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    history = history.records(bases=[history.Recorded])

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("action")

    class Meta:
        verbose_name = "responsable"
        verbose_name_plural = "responsables"
        ordering = ("action", "position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | Q(user__isnull=False) | ~Q(words=""), name="responsible_is_somebody"
            ),
            models.UniqueConstraint(
                fields=["action", "unit"], condition=Q(unit__isnull=False), name="responsible_unit_once"
            ),
            models.UniqueConstraint(
                fields=["action", "user"], condition=Q(user__isnull=False), name="responsible_user_once"
            ),
        )

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The sigle or name of the unit, the name or the role of the person, or the words of the document."""
        if self.unit_id:
            return self.unit.sigle or self.unit.name
        return person_label(str(self.user), self.words) if self.user_id else self.words


class Proof(models.Model):
    """A document that shows that the action was done, with its digest."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="proofs", verbose_name="action")
    file = models.FileField("fichier", upload_to="preuves/%Y/%m/")
    name = models.CharField("nom du fichier", max_length=200)
    size = models.PositiveIntegerField("taille (octets)", default=0)
    digest = models.CharField("empreinte SHA-256", max_length=64)
    note = models.CharField("ce qu’il montre", max_length=300, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="joint par"
    )
    added_at = models.DateTimeField("joint le", default=timezone.now)
    history = history.records(bases=[history.Recorded])

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("action")

    class Meta:
        verbose_name = "preuve"
        verbose_name_plural = "preuves"
        ordering = ("action", "added_at", "pk")

    def __str__(self):
        return self.name
