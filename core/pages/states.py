"""Words and colour of every state a badge shows. One table, so that a state looks the same on every page."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

SUCCESS, ERROR, WARNING, INFO, NEW, NEUTRAL = "success", "error", "warning", "info", "new", ""

_BADGES = {
    # reading of an indicator against its target
    "reached": ("Atteint", SUCCESS),
    "missed": ("Non atteint", ERROR),
    "no_target": ("Sans cible", NEUTRAL),
    # a monthly value
    "measured": ("Mesuré", NEUTRAL),
    "no_case": ("Aucun cas", NEUTRAL),
    "not_applicable": ("Sans objet", NEUTRAL),
    "suspended": ("Suspendu", WARNING),
    "closed": ("Fermé", NEUTRAL),
    "unavailable": ("Indisponible", WARNING),
    "missing": ("Non saisi", ERROR),
    "to_enter": ("À saisir", NEW),
    "to_confirm": ("À confirmer", WARNING),
    "late": ("En retard", ERROR),
    "amended": ("Corrigé après clôture", INFO),
    # a month
    "open": ("Ouvert", INFO),
    "validated": ("Validé", SUCCESS),
    # a background job
    "queued": ("En attente", NEUTRAL),
    "running": ("En cours", INFO),
    "done": ("Terminé", SUCCESS),
    "failed": ("En échec", ERROR),
    "cancelled": ("Abandonné", NEUTRAL),
    # an import
    "reading": ("Lecture en cours", INFO),
    "refused": ("Refusé", ERROR),
    "preview": ("À vérifier", NEW),
    "committed": ("Enregistré", SUCCESS),
    "undone": ("Annulé", NEUTRAL),
    "abandoned": ("Abandonné", NEUTRAL),
    # a chapter, an account, a role
    "complete": ("Complet", SUCCESS),
    "incomplete": ("À compléter", WARNING),
    "nothing": ("Rien à imprimer", NEUTRAL),
    "left_out": ("Non imprimé", NEUTRAL),
    # an edition of the bilan
    "draft": ("Brouillon", NEUTRAL),
    "approved": ("Validée", INFO),
    "sealed": ("Scellée", SUCCESS),
    "published": ("Publiée", SUCCESS),
    "active": ("Actif", SUCCESS),
    "inactive": ("Inactif", NEUTRAL),
}

STATES = tuple(_BADGES)

# Letters of the states in grids and charts, where a badge does not fit. Never alone: a legend gives their meaning.
MARKS = {
    "no_case": "AC",
    "not_applicable": "SO",
    "suspended": "S",
    "closed": "F",
    "unavailable": "I",
    "missing": "–",
}


def badge_of(state: str, label: str = "") -> dict[str, str]:
    """Label and kind of a state's badge; an unknown state is shown as it is, without colour."""
    words, kind = _BADGES.get(str(state), (str(state), NEUTRAL))
    return {"label": label or words, "kind": kind}


def badge_html(state: str, label: str = "") -> SafeString:
    """The badge as markup, for the cells of tables, where a template per cell would cost too much."""
    badge = badge_of(state, label)
    colour = f" fr-badge--{badge['kind']}" if badge["kind"] else ""
    return format_html('<span class="fr-badge fr-badge--sm{}">{}</span>', colour, badge["label"])


def mark_of(state: str) -> str:
    """The letters that stand for a state without value; a dash when nothing was entered."""
    return MARKS.get(str(state), MARKS["missing"])
