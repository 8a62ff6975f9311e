"""Around the plans: dated extracts, reminders, calendar feeds, twins that are none."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from actions.enums import ExtractFormat
from actions.models.plans import Action, Plan
from actions.scope import VIEW
from core.record import history
from organisations.models import Unit
from organisations.scope import Own, Scope, ScopedQuerySet


class PlanExtract(models.Model):
    """A dated file of the plans as they stood on a day, with the digests by which it can be verified later."""

    append_only = True  # triggers of core.record.triggers refuse UPDATE and DELETE

    site = models.ForeignKey(Unit, models.PROTECT, related_name="plan_extracts", verbose_name="site")
    plan = models.ForeignKey(
        Plan, models.DO_NOTHING, null=True, blank=True, db_constraint=False, related_name="+", verbose_name="plan"
    )
    stood_on = models.DateField("état au")
    format = models.CharField("format", max_length=4, choices=ExtractFormat)
    state_digest = models.CharField("empreinte SHA-256 de l’état", max_length=64, db_index=True)
    file_digest = models.CharField("empreinte SHA-256 du fichier", max_length=64, db_index=True)
    created_at = models.DateTimeField("produit le", default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="produit par"
    )

    objects = ScopedQuerySet.as_manager()
    scope = Scope(VIEW)

    class Meta:
        verbose_name = "extrait daté"
        verbose_name_plural = "extraits datés"
        ordering = ("-created_at", "-pk")

    def __str__(self):
        return f"État au {self.stood_on:%d/%m/%Y} – {self.site}"


class ReminderSettings(models.Model):
    """How a site reminds of deadlines: one digest a week, the head of service told after some days of delay."""

    site = models.OneToOneField(Unit, models.CASCADE, related_name="reminder_settings", verbose_name="site")
    is_active = models.BooleanField("rappels envoyés", default=True)
    weekday = models.PositiveSmallIntegerField("jour d’envoi", default=0, help_text="0 : lundi … 4 : vendredi.")
    days_before = models.PositiveSmallIntegerField("prévenir avant l’échéance (jours)", default=14)
    escalate_after = models.PositiveSmallIntegerField("prévenir le chef de service après (jours de retard)", default=15)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope(VIEW)

    class Meta:
        verbose_name = "réglage des rappels"
        verbose_name_plural = "réglages des rappels"
        constraints = (models.CheckConstraint(condition=Q(weekday__lte=4), name="reminder_on_a_working_day"),)

    def __str__(self):
        return f"Rappels – {self.site}"


class CalendarFeed(models.Model):
    """The private address of a person's calendar of deadlines; only the digest of its secret is kept."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_feed", verbose_name="personne"
    )
    token_digest = models.CharField("empreinte du secret", max_length=64, unique=True)
    created_at = models.DateTimeField("créée le", default=timezone.now)

    objects = ScopedQuerySet.as_manager()
    scope = Scope(VIEW, unit=None, own=Own(lambda user: Q(user=user)))

    class Meta:
        verbose_name = "adresse d’agenda"
        verbose_name_plural = "adresses d’agenda"

    def __str__(self):
        return f"Agenda de {self.user}"


class TwinRefusal(models.Model):
    """Two actions that look alike and are not the same; not offered again. The smaller identifier comes first."""

    first = models.ForeignKey(Action, models.CASCADE, related_name="+", verbose_name="première action")
    second = models.ForeignKey(Action, models.CASCADE, related_name="+", verbose_name="seconde action")
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("first", "second")

    class Meta:
        verbose_name = "rapprochement écarté"
        verbose_name_plural = "rapprochements écartés"
        constraints = (
            models.UniqueConstraint(fields=["first", "second"], name="twin_refusal_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="twin_refusal_in_order"),
        )

    def __str__(self):
        return f"{self.first_id} ≠ {self.second_id}"
