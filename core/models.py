"""What the core stores: jobs, notices sent, holiday zones, seals of history, identities of people outside,
and the abstract row of an import."""

import uuid

from django.conf import settings
from django.db import models

from core.base.enums import IdentityDeed, ImportSource, ImportState, JobState
from core.record import history
from core.record.querysets import JobQuerySet, NoticeQuerySet


class Job(models.Model):
    """One piece of background work a person waits for. The row is the truth; Redis is only the bell."""

    uuid = models.UUIDField("identifiant", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("travail", max_length=60)
    label = models.CharField("intitulé", max_length=200)
    key = models.CharField("clé d’unicité", max_length=200, blank=True)
    parameters = models.JSONField("paramètres", default=dict)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="demandé par"
    )
    state = models.CharField("état", max_length=10, choices=JobState, default=JobState.QUEUED)
    progress = models.PositiveSmallIntegerField("avancement (%)", default=0)
    step = models.CharField("étape", max_length=200, blank=True)
    attempt = models.PositiveSmallIntegerField("essai", default=0)
    interruptions = models.PositiveSmallIntegerField("essais interrompus sans faute du travail", default=0)
    lease_until = models.DateTimeField("bail jusqu’au", null=True)
    not_before = models.DateTimeField("pas avant", null=True)
    rung_at = models.DateTimeField("annoncé le", null=True)
    worker = models.CharField("exécuté par", max_length=200, blank=True)
    result = models.JSONField("résultat", default=dict)
    result_file = models.FileField("fichier produit", upload_to="jobs/%Y/%m/", blank=True)
    result_name = models.CharField("nom du fichier", max_length=200, blank=True)
    result_digest = models.CharField("empreinte SHA-256", max_length=64, blank=True)
    error = models.TextField("erreur", blank=True)
    created_at = models.DateTimeField("demandé le", auto_now_add=True)
    started_at = models.DateTimeField("commencé le", null=True)
    ended_at = models.DateTimeField("terminé le", null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "travail"
        verbose_name_plural = "travaux"
        indexes = (models.Index(fields=["state", "lease_until"], name="job_state_lease"),)
        constraints = (
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(state__in=["queued", "running"]) & ~models.Q(key=""),
                name="job_one_pending_per_key",
            ),
        )

    def __str__(self):
        return self.label

    @property
    def is_over(self) -> bool:
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


class Notice(models.Model):
    """A message sent to one person for one reason on one day; the constraint forbids sending it twice."""

    kind = models.CharField("nature", max_length=60)
    recipient = models.EmailField("destinataire")
    key = models.CharField("objet de l’envoi", max_length=200, blank=True)
    sent_on = models.DateField("jour d’envoi")
    subject = models.CharField("objet", max_length=200)
    body = models.TextField("texte")
    created_at = models.DateTimeField("créé le", auto_now_add=True)
    tried_at = models.DateTimeField("remis le", null=True)
    sent_at = models.DateTimeField("parti le", null=True)
    retry_at = models.DateTimeField("nouvel essai le", null=True)
    failures = models.PositiveSmallIntegerField("échecs", default=0)
    error = models.CharField("dernière erreur", max_length=300, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "envoi"
        verbose_name_plural = "envois"
        constraints = (
            models.UniqueConstraint(fields=["kind", "recipient", "key", "sent_on"], name="notice_once_a_day"),
        )

    def __str__(self):
        return f"{self.subject} → {self.recipient}"


class WorkerBeat(models.Model):
    """The last sign of life of a worker process, read by the health page."""

    name = models.CharField("processus", max_length=200, unique=True)
    seen_at = models.DateTimeField("vu le")

    class Meta:
        verbose_name = "processus de travail"
        verbose_name_plural = "processus de travail"

    def __str__(self):
        return self.name


class ScheduleTick(models.Model):
    """The last time an entry of the schedule was started in embedded mode; claimed by one UPDATE, so once."""

    name = models.CharField("tâche programmée", max_length=100, unique=True)
    last_run_at = models.DateTimeField("dernier départ")

    class Meta:
        verbose_name = "tâche programmée"
        verbose_name_plural = "tâches programmées"

    def __str__(self):
        return self.name


class HolidayZone(models.Model):
    """A set of public holidays: métropole, Alsace-Moselle, each overseas territory."""

    code = models.SlugField("code", unique=True)
    name = models.CharField("nom", max_length=100)
    history = history.records()

    class Meta:
        verbose_name = "zone de jours fériés"
        verbose_name_plural = "zones de jours fériés"
        ordering = ("name",)

    def __str__(self):
        return self.name


class Holiday(models.Model):
    """A public holiday of a zone, on one date; editable, since local days change."""

    zone = models.ForeignKey(HolidayZone, models.CASCADE, related_name="holidays", verbose_name="zone")
    date = models.DateField("date")
    label = models.CharField("intitulé", max_length=100)
    history = history.records()

    class Meta:
        verbose_name = "jour férié"
        verbose_name_plural = "jours fériés"
        ordering = ("date",)
        constraints = (models.UniqueConstraint(fields=["zone", "date"], name="holiday_once_per_zone"),)

    def __str__(self):
        return f"{self.label} ({self.date:%d/%m/%Y})"


class RateLimit(models.Model):
    """How often something was asked for in one period (`core.record.limits`); the key is a digest, not a name."""

    key = models.CharField("empreinte", max_length=64, unique=True)
    count = models.PositiveIntegerField("demandes", default=0)
    expires_at = models.DateTimeField("fin de la période", db_index=True)

    class Meta:
        verbose_name = "limite de fréquence"
        verbose_name_plural = "limites de fréquence"

    def __str__(self):
        return f"{self.count} jusqu’au {self.expires_at:%d/%m/%Y %H:%M}"


class Submission(models.Model):
    """A form that was saved, by the key drawn when it was shown: sent again, it is not done again."""

    key = models.UUIDField("clé", unique=True)
    digest = models.CharField("empreinte du contenu", max_length=64)
    url = models.CharField("suite", max_length=500, blank=True)
    saved_at = models.DateTimeField("enregistré le", auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = "formulaire enregistré"
        verbose_name_plural = "formulaires enregistrés"

    def __str__(self):
        return f"{self.key} → {self.url}"


class HistorySeal(models.Model):
    """The digest of all the history rows written since the previous seal, chained to it (`core.record.seals`)."""

    append_only = True
    sealed_at = models.DateTimeField("posé le", unique=True)
    previous = models.CharField("empreinte précédente", max_length=64, unique=True, blank=True)
    parts = models.JSONField("tables")
    row_count = models.PositiveIntegerField("lignes")
    digest = models.CharField("empreinte SHA-256", max_length=64)

    class Meta:
        verbose_name = "sceau de l’historique"
        verbose_name_plural = "sceaux de l’historique"
        ordering = ("sealed_at",)

    def __str__(self):
        return f"{self.sealed_at:%d/%m/%Y} {self.digest[:16]}"


class Identity(models.Model):
    """Who a person outside is, encrypted under a key of its own; `core.record.identities` alone reads and writes it.

    It has no history: erasing destroys the key, the payload and the digests, and the row stays for what points to it.
    """

    reference = models.UUIDField("référence", default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField("qualité de la personne", max_length=40)
    wrapped_key = models.BinaryField("clé chiffrée")
    payload = models.BinaryField("champs chiffrés")
    email_digest = models.CharField("empreinte du courriel", max_length=64, blank=True, db_index=True)
    name_digest = models.CharField("empreinte du nom", max_length=64, blank=True, db_index=True)
    created_at = models.DateTimeField("enregistrée le", auto_now_add=True)
    erased_at = models.DateTimeField("effacée le", null=True)

    class Meta:
        verbose_name = "identité"
        verbose_name_plural = "identités"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(erased_at=None)
                | models.Q(wrapped_key=b"", payload=b"", email_digest="", name_digest=""),
                name="identity_erased_is_empty",
            ),
        )

    def __str__(self):
        return f"Personne effacée n° {self.pk}" if self.is_erased else f"Personne n° {self.pk}"

    @property
    def is_erased(self) -> bool:
        return self.erased_at is not None


class IdentityAccess(models.Model):
    """Who read, changed or erased an identity, when and why; never what it said."""

    append_only = True
    identity = models.ForeignKey(Identity, models.PROTECT, related_name="accesses", verbose_name="identité")
    deed = models.CharField("geste", max_length=10, choices=IdentityDeed)
    by = history.author("par")
    why = models.TextField("raison", blank=True)
    at = models.DateTimeField("le", auto_now_add=True)

    class Meta:
        verbose_name = "accès à une identité"
        verbose_name_plural = "accès à des identités"
        ordering = ("-at", "-pk")

    def __str__(self):
        return f"{self.identity}, {self.get_deed_display().lower()}"


class ImportMemory(models.Model):
    """What a person answered about files of the same headings, at one place: used for the next one, shown as such."""

    kind = models.CharField("sorte d’import", max_length=40)
    scope = models.CharField("lieu", max_length=200)
    signature = models.CharField("signature des titres", max_length=64)
    answers = models.JSONField("réponses", default=dict)
    used_at = models.DateTimeField("servi le")

    class Meta:
        verbose_name = "réponses mémorisées"
        verbose_name_plural = "réponses mémorisées"
        constraints = (models.UniqueConstraint(fields=["kind", "scope", "signature"], name="import_memory_once"),)

    def __str__(self):
        return f"{self.kind}, {self.scope}"


class AbstractImport(models.Model):
    """A file or a pasted text sent for import: kept with its digest until undoing it is no longer offered.

    `choices` are the person's answers by code, `preview` the workbook as read, `shown` what each line was shown to
    become (the contract of the preview), `signature` that of the headings, `recorded_in` the changeset of all it wrote.
    """

    file = models.FileField("fichier", upload_to="imports/%Y/%m/", blank=True)
    source = models.CharField("envoyé comme", max_length=10, choices=ImportSource, default=ImportSource.FILE)
    name = models.CharField("nom du fichier", max_length=200)
    digest = models.CharField("empreinte SHA-256", max_length=64)
    state = models.CharField("état", max_length=10, choices=ImportState, default=ImportState.READING)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+", verbose_name="travail")
    preview = models.JSONField("aperçu", default=dict)
    shown = models.JSONField("lignes montrées", default=dict)
    signature = models.CharField("signature des titres", max_length=64, blank=True)
    choices = models.JSONField("choix de l’utilisateur", default=dict)
    counts = models.JSONField("décompte enregistré", default=dict)
    recorded_in = models.UUIDField("acte", null=True, editable=False)
    error = models.TextField("raison du refus", blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="envoyé par"
    )
    sent_at = models.DateTimeField("envoyé le", auto_now_add=True)
    committed_at = models.DateTimeField("enregistré le", null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="annulé par"
    )
    undone_at = models.DateTimeField("annulé le", null=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name
