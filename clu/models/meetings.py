"""Meetings of a committee: agenda, who came, what was said and asked, the opinions given, the minutes."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from actions.models import Action, Finding
from clu.enums import Advice, Answer, ItemContent, ItemState, NoteKind, Presence, Subject
from clu.models.committees import Committee, Mandate
from clu.querysets import MeetingQuerySet, NoteQuerySet
from core.record import history
from organisations.scope import Scope, ScopedQuerySet


class Meeting(models.Model):
    """A day on which a committee meets. The minutes are a draft until they are validated; both texts are kept."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings", verbose_name="instance")
    held_on = models.DateField("le")
    starts_at = models.TimeField("heure", null=True, blank=True)
    place = models.CharField("lieu", max_length=300, blank=True)
    chair = models.CharField("présidée par", max_length=200, blank=True)
    note = models.TextField("note", blank=True)
    convened_at = models.DateTimeField("convoquée le", null=True, blank=True)
    minutes = models.TextField("compte rendu, projet", blank=True)
    validated_minutes = models.TextField("compte rendu validé", blank=True)
    validated_on = models.DateField("compte rendu validé le", null=True, blank=True)
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="validé par"
    )
    history = history.records()

    objects = MeetingQuerySet.as_manager()
    scope = Scope.through("committee")

    class Meta:
        verbose_name = "réunion"
        verbose_name_plural = "réunions"
        ordering = ("-held_on", "-pk")
        constraints = (
            models.UniqueConstraint(fields=["committee", "held_on"], name="meeting_once_a_day"),
            models.CheckConstraint(
                condition=Q(validated_on__isnull=True) | ~Q(validated_minutes=""), name="validated_minutes_are_written"
            ),
        )

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        """« CLU du 10/03/2022 »."""
        return f"{history.related(self, 'committee').short_on(self.held_on)} du {self.held_on:%d/%m/%Y}"

    @property
    def kind(self) -> str:
        return str(self.committee.kind_on(self.held_on))


class AgendaItem(models.Model):
    """A line of the agenda; its content says which live figures it calls."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items", verbose_name="réunion")
    position = models.PositiveSmallIntegerField("rang", default=0)
    title = models.CharField("point", max_length=300)
    content = models.CharField("contenu", max_length=15, choices=ItemContent, default=ItemContent.FREE, blank=True)
    state = models.CharField("état", max_length=10, choices=ItemState, default=ItemState.PENDING)
    speaker = models.CharField("présenté par", max_length=200, blank=True)
    text = models.TextField("texte présenté", blank=True, help_text="Une ligne par puce.")
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="carried_to", verbose_name="reporté de"
    )
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("meeting")

    class Meta:
        verbose_name = "point de l’ordre du jour"
        verbose_name_plural = "points de l’ordre du jour"
        ordering = ("meeting", "position", "pk")

    def __str__(self):
        return self.title


class Attendance(models.Model):
    """One person at a meeting: invited, excused, present; a guest has no mandate."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances", verbose_name="réunion")
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="attendances", verbose_name="mandat"
    )
    person = models.CharField("nom", max_length=200, blank=True)
    organisation = models.CharField("organisme", max_length=300, blank=True)
    function = models.CharField("fonction", max_length=200, blank=True)
    email = models.EmailField("courriel", blank=True)
    is_deputy = models.BooleanField("suppléant", default=False)
    answer = models.CharField("réponse", max_length=10, choices=Answer, default=Answer.NONE, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    presence = models.CharField("présence", max_length=10, choices=Presence, default=Presence.UNKNOWN, blank=True)
    signed_at = models.DateTimeField("signé le", null=True, blank=True)
    comment = models.CharField("précision", max_length=300, blank=True)
    token = models.CharField("jeton de réponse", max_length=64, blank=True, db_index=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    history = history.records(excluded_fields=["token"])

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("meeting")

    class Meta:
        verbose_name = "présence"
        verbose_name_plural = "présences"
        ordering = ("meeting", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "person", "organisation"], condition=~Q(person=""), name="attendance_once"
            ),
            models.CheckConstraint(condition=~Q(person="") | ~Q(organisation=""), name="attendance_is_somebody"),
        )

    def __str__(self):
        return " – ".join(filter(None, (self.person, self.organisation)))


class Note(models.Model):
    """A remark, a request or a decision, typed while the meeting runs. An internal one stays out of what is sent."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="notes", verbose_name="réunion")
    item = models.ForeignKey(
        AgendaItem, models.SET_NULL, null=True, blank=True, related_name="notes", verbose_name="point"
    )
    kind = models.CharField("nature", max_length=10, choices=NoteKind, default=NoteKind.REMARK)
    text = models.TextField("texte")
    author = models.CharField("par", max_length=300, blank=True, help_text="Personne ou organisme.")
    is_internal = models.BooleanField("interne", default=False, help_text="N’est pas dans le compte rendu envoyé.")
    finding = models.ForeignKey(
        Finding, models.SET_NULL, null=True, blank=True, related_name="committee_notes", verbose_name="constat"
    )
    action = models.ForeignKey(
        Action, models.SET_NULL, null=True, blank=True, related_name="committee_notes", verbose_name="action"
    )
    reply = models.TextField("ce que nous avons fait", blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    history = history.records()

    objects = NoteQuerySet.as_manager()
    scope = Scope.through("meeting")

    class Meta:
        verbose_name = "note de séance"
        verbose_name_plural = "notes de séance"
        ordering = ("meeting", "position", "pk")

    def __str__(self):
        return self.text[:80]


class Opinion(models.Model):
    """What the committee thinks of a model letter, of a plan: one for all, or one for an organisation."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="opinions", verbose_name="réunion")
    subject = models.CharField("nature du document", max_length=15, choices=Subject, default=Subject.MAIL)
    title = models.CharField("document soumis", max_length=300)
    organisation = models.CharField("avis de", max_length=300, blank=True, help_text="Vide : l’instance.")
    advice = models.CharField("avis", max_length=12, choices=Advice, default=Advice.PENDING, blank=True)
    comment = models.TextField("observations", blank=True)
    position = models.PositiveSmallIntegerField("rang", default=0)
    history = history.records()

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("meeting")

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ("meeting", "position", "pk")

    def __str__(self):
        return f"{self.title} : {self.get_advice_display().lower()}"
