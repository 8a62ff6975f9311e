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


class ImportSource(TextChoices):
    FILE = "file", "Fichier"
    PASTE = "paste", "Texte collé"


class IdentityDeed(TextChoices):
    READ = "read", "Lue"
    CHANGE = "change", "Modifiée"
    ERASE = "erase", "Effacée"


class BreachKind(TextChoices):
    """What verification of the history may find, worst first."""

    CHAIN = "chain", "Chaîne rompue"
    MISSING = "missing", "Sceaux manquants"
    HEAD = "head", "Tête inconnue"
    SEALED = "sealed", "Lignes scellées touchées"
    NUMBER = "number", "Numéros impossibles"
    BACKDATED = "backdated", "Lignes antidatées"
    STATE = "state", "État scellé changé"
    PRESENT = "present", "Présent contraire à l’historique"
    GUARD = "guard", "Garde-fous affaiblis"


class GuardFault(TextChoices):
    """How an append-only table may have lost its guard."""

    MISSING = "missing", "Déclencheurs absents"
    CHANGED = "changed", "Déclencheurs qui ne sont plus ceux qui ont été posés"
    COLUMN = "column", "Colonnes disparues"
    ACCEPTS = "accepts", "Tables qui acceptent une modification ou une suppression"
