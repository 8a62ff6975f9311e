"""Words that stand in a month's cell in place of a value, and the state each one means."""

import re

from core.imports.words import plain
from indicators.enums import ValueState

_DASHES = re.compile(r"[\s\-–—−‐‑_/.*]+")

# Searched in this order in the plain spelling of the cell: the first that fits gives the state.
_PATTERNS = (
    (
        ValueState.NOT_APPLICABLE,
        r"s ?o|so|sans objet|n ?a|non applicable|pas applicable|non concerne\w*|hors champ|inapplicable",
    ),
    (ValueState.SUSPENDED, r".*\b(covid\w*|confinement|suspen\w*|crise sanitaire)\b.*"),
    (ValueState.CLOSED, r".*\b(ferme|fermes|fermee|fermees|fermeture|conges)\b.*"),
    (
        ValueState.UNAVAILABLE,
        r"n ?d|n ?c|n ?r|non (disponible|communique|renseigne|transmis|connu|mesure)\w*|donnees? (manquante|absente)s?"
        r"|en attente|a venir|.*\b(indisponib\w*|panne|pannes|hors service|h s|hs)\b.*",
    ),
    (
        ValueState.NO_CASE,
        r"neant|aucun|aucune|nul|ras|r a s|0 cas|(aucun|aucune|pas d|pas de) "
        r"(cas|demande|demandes|reclamation|reclamations|courrier|courriers|courriel|courriels|appel|appels|dossier"
        r"|dossiers|sollicitation|sollicitations|rdv|rendez vous|visite|visites|saisine|saisines)( recue?s?)?",
    ),
)
_STATES = tuple((state, re.compile(pattern)) for state, pattern in _PATTERNS)


def state_in(text: str) -> ValueState | None:
    """The state a text means: « - » no case, « s.o. » not applicable, « COVID » suspended; None for anything else."""
    if not text.strip():
        return ValueState.MISSING
    if _DASHES.fullmatch(text):
        return ValueState.NO_CASE
    if text.strip() in ("?", "??", "???"):
        return ValueState.UNAVAILABLE
    words = plain(text)
    return next((state for state, pattern in _STATES if pattern.fullmatch(words)), None)
