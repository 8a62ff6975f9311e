"""The labels of a site, of any referential, and the steps of each application."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from audits.enums import LabelLevel, LabelState, LabelStep
from audits.querysets import LabelQuerySet
from audits.scope import OF_SITE
from audits.terms import labels as rules
from core.record import history
from core.time.fuzzy_dates import FuzzyDate
from organisations.models import Unit
from organisations.scope import Scope, ScopedQuerySet
from referential.models import Referential


class Label(models.Model):
    """A label that a site holds, held or prepares. Its end and the day its follow-up is due follow from its date."""

    site = models.ForeignKey(Unit, models.PROTECT, related_name="labels", verbose_name="site")
    referential = models.ForeignKey(Referential, models.PROTECT, related_name="labels", verbose_name="référentiel")
    level = models.CharField("niveau", max_length=10, choices=LabelLevel, blank=True)
    prepared_from = models.DateField("préparé depuis", null=True, blank=True)
    obtained_on = models.DateField("obtenu le", null=True, blank=True)
    follow_up_planned_text = models.CharField("suivi prévu", max_length=200, blank=True, help_text="« T4 2021 »")
    follow_up_planned_earliest = models.DateField("suivi prévu, au plus tôt", null=True, blank=True)
    follow_up_planned_latest = models.DateField("suivi prévu, au plus tard", null=True, blank=True)
    follow_up_done_on = models.DateField("suivi réalisé le", null=True, blank=True)
    body = models.CharField("organisme", max_length=200, blank=True)
    comment = models.TextField("commentaire", blank=True)
    history = history.records()

    objects = LabelQuerySet.as_manager()
    scope = OF_SITE

    class Meta:
        verbose_name = "label"
        verbose_name_plural = "labels"
        ordering = ("site", F("obtained_on").asc(nulls_last=True), "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["site", "referential", "obtained_on"], name="label_once_per_site_referential_and_day"
            ),
            models.CheckConstraint(
                condition=Q(follow_up_done_on__isnull=True) | Q(follow_up_done_on__gte=F("obtained_on")),
                name="label_followed_up_after_it_was_obtained",
            ),
        )

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        """« Qual-e-Pref », « Services Publics + (argent) »."""
        return f"{self.referential} ({self.get_level_display().lower()})" if self.level else str(self.referential)

    @property
    def valid_until(self) -> date | None:
        return self.obtained_on and rules.valid_until(self.obtained_on)

    @property
    def follow_up_due_on(self) -> date | None:
        return self.obtained_on and rules.follow_up_due_on(self.obtained_on)

    @property
    def follow_up_planned(self) -> FuzzyDate:
        return FuzzyDate.stored(
            self.follow_up_planned_text, self.follow_up_planned_earliest, self.follow_up_planned_latest
        )

    @property
    def planned_late(self) -> str:
        """Why the planned follow-up comes too late; empty when it does not."""
        return rules.why_planned_late(self.obtained_on, self.follow_up_planned_latest)

    def state_on(self, on: date) -> LabelState:
        """Where the label stands on a day; a referential that did not exist yet had none in preparation."""
        return rules.state_on(
            on,
            obtained_on=self.obtained_on,
            prepared_from=self.prepared_from or self.referential.in_force_from,
            follow_up_done_on=self.follow_up_done_on,
        )


class ApplicationStep(models.Model):
    """A step of the application for a label: done on a day, or not yet."""

    label = models.ForeignKey(Label, models.CASCADE, related_name="steps", verbose_name="label")
    step = models.CharField("étape", max_length=20, choices=LabelStep)
    planned_on = models.DateField("prévue le", null=True, blank=True)
    done_on = models.DateField("faite le", null=True, blank=True)
    comment = models.CharField("remarque", max_length=300, blank=True)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("label")

    class Meta:
        verbose_name = "étape de candidature"
        verbose_name_plural = "étapes de candidature"
        ordering = ("label", "pk")
        constraints = (models.UniqueConstraint(fields=["label", "step"], name="application_step_once_per_label"),)

    def __str__(self):
        return self.get_step_display()
