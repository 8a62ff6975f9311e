"""Agents, the posts they hold theme by theme, and what they followed before sessions were kept here.

All that tells who an agent is stands in `Agent`, and its history does not copy it: erased once, it is gone. So are the
words of a dispensation and of a document, which may name somebody.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.record import history
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.scope import Scope, ScopedQuerySet
from training.enums import Contract, PastKind
from training.models.requirements import TrainingTheme
from training.querysets import AgentQuerySet, PostQuerySet

ERASED = "Agent effacé"


def name_of(pk: int, last_name: str, first_name: str, *, is_erased: bool) -> str:
    """How an agent is told."""
    return f"{ERASED} n° {pk}" if is_erased else f"{last_name} {first_name}".strip()


class Agent(models.Model):
    """A person who works in a unit, with or without an account. `unit` is where they work now."""

    PERSONAL = ("last_name", "first_name", "number", "email", "name_key")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="agents", verbose_name="unité")
    last_name = models.CharField("nom", max_length=100)
    first_name = models.CharField("prénom", max_length=100, blank=True)
    number = models.CharField("matricule", max_length=40, blank=True)
    email = models.EmailField("adresse électronique", blank=True)
    name_key = models.CharField("clé du nom", max_length=200, blank=True, editable=False, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="compte"
    )
    erased_on = models.DateField("effacé le", null=True, blank=True, editable=False)
    history = history.records(excluded_fields=list(PERSONAL))

    objects = AgentQuerySet.as_manager()
    scope = Scope(Permission.TRAINING_VIEW, unit="unit")

    class Meta:
        verbose_name = "agent"
        verbose_name_plural = "agents"
        ordering = ("last_name", "first_name", "pk")

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """« Dupont Jean-Pierre », or what is left of an agent who was erased."""
        return name_of(self.pk, self.last_name, self.first_name, is_erased=self.erased_on is not None)


class Post(models.Model):
    """One reception theme of a post held by an agent in a service, from a day on.

    `service` keeps the words of the document, `unit` the unit they were understood as.
    """

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="posts", verbose_name="agent")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="unité")
    service = models.CharField("service", max_length=200)
    theme = models.ForeignKey(TrainingTheme, models.PROTECT, related_name="posts", verbose_name="thème")
    taken_on = models.DateField("prise de poste")
    ended_on = models.DateField("fin du poste", null=True, blank=True, help_text="Dernier jour tenu.")
    contract = models.CharField("contrat", max_length=12, choices=Contract, default=Contract.PERMANENT)
    contract_ends_on = models.DateField("fin du contrat", null=True, blank=True)
    exempt_from = models.DateField("dispensé depuis le", null=True, blank=True)
    exempt_reason = models.CharField("raison de la dispense", max_length=200, blank=True)
    history = history.records(excluded_fields=["exempt_reason"])

    objects = PostQuerySet.as_manager()
    scope = Scope.through("agent")

    class Meta:
        verbose_name = "poste"
        verbose_name_plural = "postes"
        ordering = ("agent", "taken_on", "theme", "pk")
        indexes = (models.Index(fields=["unit", "theme"], name="post_unit_theme"),)
        constraints = (
            models.UniqueConstraint(fields=["agent", "theme", "service", "taken_on"], name="post_once"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("taken_on")), name="post_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(contract_ends_on__isnull=True) | Q(contract_ends_on__gte=F("taken_on")),
                name="post_contract_in_order",
            ),
        )

    def __str__(self):
        return f"{self.theme}, {self.service}, depuis le {self.taken_on:%d/%m/%Y}"

    @property
    def ends_on(self):
        """Its last day: what was said, or the end of the contract, the earlier."""
        return min(filter(None, (self.ended_on, self.contract_ends_on)), default=None)


class PastTraining(models.Model):
    """A training known by its date alone (a follow-up table taken over), or experience shown by a dated document."""

    agent = models.ForeignKey(Agent, models.CASCADE, related_name="past_trainings", verbose_name="agent")
    theme = models.ForeignKey(TrainingTheme, models.PROTECT, related_name="+", verbose_name="thème")
    on = models.DateField("date")
    kind = models.CharField("nature", max_length=12, choices=PastKind, default=PastKind.TRAINING)
    label = models.CharField("formation ou justificatif", max_length=200, blank=True)
    history = history.records(excluded_fields=["label"])

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("agent")

    class Meta:
        verbose_name = "formation reprise"
        verbose_name_plural = "formations reprises"
        ordering = ("agent", "-on", "pk")
        constraints = (
            models.UniqueConstraint(fields=["agent", "theme", "on"], name="past_training_once_a_day"),
            models.CheckConstraint(
                condition=~Q(kind=PastKind.EXPERIENCE) | ~Q(label=""), name="past_experience_has_a_document"
            ),
        )

    def __str__(self):
        return f"{self.theme}, {self.on:%d/%m/%Y}"
