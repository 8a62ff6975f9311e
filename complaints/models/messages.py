"""What was written about a case, in and out, and the files that came with it; both can be erased."""

from django.conf import settings
from django.db import models

from complaints.enums import MessageKind, MessageState
from complaints.models.cases import Complaint
from complaints.querysets import MessageQuerySet
from core.models import Identity
from core.record import history
from organisations.scope import Scope, ScopedQuerySet


class CaseMessage(models.Model):
    """A message of a case. One that leaves by mail waits here until it is sent: its address is that of the person.

    What it says is `sealed` as the identity of the case is: {"subject": …, "body": …}.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="messages", verbose_name="dossier")
    kind = models.CharField("nature", max_length=20, choices=MessageKind)
    sealed = models.ForeignKey(
        Identity, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="objet et texte"
    )
    written_on = models.DateField("du")
    by_mail = models.BooleanField("par courriel", default=False)
    message_id = models.CharField("identifiant du courriel", max_length=250, blank=True)
    state = models.CharField("envoi", max_length=10, choices=MessageState, blank=True)
    tried_at = models.DateTimeField("remis le", null=True, blank=True)
    retry_at = models.DateTimeField("nouvel essai le", null=True, blank=True)
    error = models.CharField("dernière erreur", max_length=300, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="écrit par"
    )
    history = history.records(excluded_fields=["state", "tried_at", "retry_at", "error"])

    objects = MessageQuerySet.as_manager()
    scope = Scope.through("complaint")

    class Meta:
        verbose_name = "message"
        verbose_name_plural = "messages"
        ordering = ("written_on", "pk")
        indexes = (models.Index(fields=["message_id"], name="case_message_id"),)

    def __str__(self):
        return f"{self.get_kind_display()} du {self.written_on:%d/%m/%Y}"


class CaseFile(models.Model):
    """A document joined to a case: PDF, PNG or JPEG by its content, kept outside the web root."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="files", verbose_name="dossier")
    name = models.CharField("nom", max_length=200)
    file = models.FileField("fichier", upload_to="complaints/%Y/%m/")
    content_type = models.CharField("type", max_length=40)
    size = models.PositiveIntegerField("taille")
    digest = models.CharField("empreinte SHA-256", max_length=64)
    added_on = models.DateField("joint le")
    history = history.records(excluded_fields=["name"])

    objects = ScopedQuerySet.as_manager()
    scope = Scope.through("complaint")

    class Meta:
        verbose_name = "pièce jointe"
        verbose_name_plural = "pièces jointes"
        ordering = ("pk",)

    def __str__(self):
        return self.name
