"""Words that stand in a month's cell in place of a value, and the state each one means."""

import re

from core.importing.asks import Option
from core.importing.words import plain
from indicators.enums import ValueState
from indicators.imports.context import NOT_TAKEN

_STATED = tuple(state for state in ValueState if state not in (ValueState.MEASURED, ValueState.MISSING))
OPTIONS = (*(Option(state.value, state.label) for state in _STATED), Option(NOT_TAKEN, "Laisser la case vide"))
_DASHES = re.compile(r"[\s\-–—−‐‑_/.*]+")
_CASES = "cas|demande|reclamation|courrier|courriel|appel|dossier|sollicitation|rdv|rendez vous|visite|saisine"

# Searched in this order in the plain spelling of the whole cell: the first that fits gives the state.
_PATTERNS = (
    (
        ValueState.NOT_APPLICABLE,
        r"s ?o|so|sans objet|n ?a|non applicable|pas applicable|non concerne\w*|hors champ|inapplicable",
    ),
    (ValueState.SUSPENDED, r"(covid\w*|confinement|suspen\w*|crise sanitaire)( .*)?|covid 19"),
    (ValueState.CLOSED, r"(service |site |accueil |guichet )?(ferme|fermes|fermee|fermees|fermeture|conges)( .*)?"),
    (
        ValueState.UNAVAILABLE,
        r"n ?d|n ?c|n ?r|non (disponible|communique|renseigne|transmis|connu|mesure)\w*|donnees? (manquante|absente)s?"
        r"|en attente|a venir|(en )?(indisponib\w*|pannes?|hors service|h s|hs)( .*)?",
    ),
    (
        ValueState.NO_CASE,
        rf"neant|aucun|aucune|nul|ras|r a s|0 cas|(aucun|aucune|pas d|pas de) ({_CASES})s?( recue?s?)?",
    ),
)
_STATES = tuple((state, re.compile(pattern)) for state, pattern in _PATTERNS)


def state_in(text: str) -> ValueState | None:
    """The state that a whole cell means: « - » no case, « s.o. » not applicable, « COVID » suspended; else None.

    « fermé le 15 » says a day of a month: it is not the month's state.
    """
    if _DASHES.fullmatch(text):
        return ValueState.NO_CASE
    if text.strip() in ("?", "??", "???"):
        return ValueState.UNAVAILABLE
    words = plain(text)
    found = next((state for state, pattern in _STATES if pattern.fullmatch(words)), None)
    has_figure = re.search(r"\d", words.replace("covid 19", "").replace("0 cas", ""))
    return None if has_figure else found


def labelled_state(text: str) -> tuple[ValueState, str] | None:
    """« Fermé : travaux du 3 au 15 », as a grid is exported: the state and its reason."""
    label, separator, reason = text.partition(" : ")
    state = next((state for state in _STATED if separator and plain(state.label) == plain(label)), None)
    return (state, reason.strip()) if state else None
