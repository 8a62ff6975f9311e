"""Courses, their sessions and who is enrolled."""

from django.db import models
from django.db.models import F, Q

from core.record import history
from organisations.models import Unit
from organisations.permissions import Permission
from organisations.scope import Scope, ScopedQuerySet
from training.enums import Attendance
from training.models.people import Agent
from training.models.requirements import TrainingTheme
from training.querysets import EnrolmentQuerySet, SessionQuerySet

_SEEN = Scope(Permission.TRAINING_COUNT, unit="unit", from_below=(Permission.TRAINING_COUNT,))


class Course(models.Model):
    """A course that a préfecture offers; `checked_on` is the day its entry was last checked."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="courses", verbose_name="site")
    name = models.CharField("intitulé", max_length=200)
    provider = models.CharField("organisme", max_length=200, blank=True)
    checked_on = models.DateField("vérifiée le", null=True, blank=True)
    comment = models.CharField("observation", max_length=500, blank=True)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = _SEEN

    class Meta:
        verbose_name = "formation"
        verbose_name_plural = "formations"
        ordering = ("name", "pk")
        constraints = (models.UniqueConstraint(fields=["unit", "name"], name="course_once_per_site"),)

    def __str__(self):
        return self.name


class Session(models.Model):
    """A session of a course; presence in it counts for every theme it covers, on its last day."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="training_sessions", verbose_name="site")
    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions", verbose_name="formation")
    starts_on = models.DateField("du")
    ends_on = models.DateField("au")
    place = models.CharField("lieu", max_length=200, blank=True)
    seats = models.PositiveSmallIntegerField("places", null=True, blank=True)
    comment = models.CharField("observation", max_length=500, blank=True)
    history = history.records()

    objects = SessionQuerySet.as_manager()
    scope = _SEEN

    class Meta:
        verbose_name = "session"
        verbose_name_plural = "sessions"
        ordering = ("-starts_on", "course", "pk")
        constraints = (
            models.UniqueConstraint(fields=["course", "starts_on", "place"], name="session_once"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="session_dates_in_order"),
        )

    def __str__(self):
        return f"{self.course}, {self.days}"

    @property
    def days(self) -> str:
        """« le 12/03/2022 », « du 12/03/2022 au 13/03/2022 »."""
        if self.starts_on == self.ends_on:
            return f"le {self.starts_on:%d/%m/%Y}"
        return f"du {self.starts_on:%d/%m/%Y} au {self.ends_on:%d/%m/%Y}"


class SessionTheme(models.Model):
    """A theme for which a session counts."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="covered", verbose_name="session")
    theme = models.ForeignKey(TrainingTheme, models.PROTECT, related_name="+", verbose_name="thème")
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("session")

    class Meta:
        verbose_name = "thème d’une session"
        verbose_name_plural = "thèmes des sessions"
        ordering = ("session", "theme__position", "pk")
        constraints = (models.UniqueConstraint(fields=["session", "theme"], name="session_theme_once"),)

    def __str__(self):
        return f"{self.theme}"


class Enrolment(models.Model):
    """An agent in a session: inscrit, retenu, présent or absent; the certificate that shows it."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="enrolments", verbose_name="session")
    agent = models.ForeignKey(Agent, models.CASCADE, related_name="enrolments", verbose_name="agent")
    state = models.CharField("état", max_length=12, choices=Attendance, default=Attendance.REGISTERED)
    certificate = models.FileField("attestation", upload_to="certificates/%Y/%m/", blank=True)
    certificate_digest = models.CharField("empreinte SHA-256", max_length=64, blank=True, editable=False)
    certificate_name = models.CharField("nom de l’attestation", max_length=200, blank=True, editable=False)
    history = history.records(excluded_fields=["certificate_name"])

    objects = EnrolmentQuerySet.as_manager()
    scope = Scope.through("agent")

    class Meta:
        verbose_name = "inscription"
        verbose_name_plural = "inscriptions"
        ordering = ("session", "pk")
        constraints = (models.UniqueConstraint(fields=["session", "agent"], name="enrolment_once"),)

    def __str__(self):
        return f"{self.get_state_display()} : {self.session}"
