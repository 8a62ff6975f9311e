"""The theme of the yearly synthesis that a finding belongs to, told from its words; a person may choose another."""

import re

from actions.enums import Theme
from core.imports.words import plain

# In this order: the first sign found wins, from the most telling to the most general.
_SIGNS = (
    (Theme.TRAINING, r"\b(tutorat|tuteurs?|formations?|former|formes)\b"),
    (Theme.COMPLAINTS, r"\breclamations?|\bplaintes?\b"),
    (Theme.LOCAL_AUTHORITIES, r"\bcollectivites\b|\belus?\b|controle de legalite|controle budgetaire|\blettres? d obs"),
    (Theme.PERMITS, r"\btitres? (etrangers?|de sejour)|passeports?|\bcni\b|\bsejours?\b|immatriculation|gages?\b"),
    (Theme.INTERNET, r"\binternet\b|reseaux? socia|\ben ligne\b|\bfaq\b|\bsite web\b|charte de mod"),
    (Theme.MAIL, r"\bcourriers?\b|\bcourriels?\b|\bmails?\b|\baccuses? de reception"),
    (Theme.RECEPTION, r"\baccueil|telephon|\bappels?\b|signaletique|\bguichets?\b|\bhoraires\b|serveur vocal|affich"),
    (Theme.STEERING, r"\bclu\b|\bcopil\b|enquete|\bbilan\b|mystere|\bpilotage\b|labelli|\bqualite\b|\bmsap\b"),
)


def theme_of(text: str, *more: str) -> Theme:
    """The theme of the words themselves, else of those around them (engagement, section)."""
    for words in map(plain, (text, *more)):
        found = next((theme for theme, sign in _SIGNS if re.search(sign, words)), None)
        if found:
            return found
    return Theme.OTHER
