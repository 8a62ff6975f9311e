"""Enumerations of the core."""

from django.db.models import TextChoices


class JobState(TextChoices):
    QUEUED = "queued", "En attente"
    RUNNING = "running", "En cours"
    DONE = "done", "Terminé"
    FAILED = "failed", "En échec"
    CANCELLED = "cancelled", "Abandonné"


class ImportState(TextChoices):
    READING = "reading", "Lecture en cours"
    REFUSED = "refused", "Refusé"
    PREVIEW = "preview", "À vérifier"
    COMMITTED = "committed", "Enregistré"
    UNDONE = "undone", "Annulé"
    ABANDONED = "abandoned", "Abandonné"
