"""Words of a grid: what names an indicator, whatever its spelling."""

import re
from functools import lru_cache

from core.importing import words
from core.importing.words import ABBREVIATIONS, plain

# One spelling for the words of the trade that préfectures write in several ways.
SYNONYMS = ABBREVIATIONS | {
    "pn": "point numerique",
    "telephonique": "appel",
    "telephone": "appel",
    "pourcentage": "taux",
    "part": "taux",
    "ouvrable": "ouvre",
    "serveur": "svi",
    "plainte": "reclamation",
}


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """The words that count, in the singular and in one spelling, in their order; « % » is a « taux »."""
    return words.tokens(re.sub(r"^\s*% ?", "taux ", text), SYNONYMS)


def numbers(text: str) -> frozenset[int]:
    """The whole numbers a label names: « dans les 15 jours » gives {15}."""
    return frozenset(int(word) for word in tokens(text) if word.isdigit() and len(word) < 6)


def engagement_code(text: str) -> str:
    """`E10` for « E10 », « e 10 », « 10 », « Engagement n° 10 : … »; `E14.3` for « 14.3 ». Empty for « - »."""
    found = re.match(r"\s*(?:engagement|eng\.?|e)?\s*(?:n\s*°)?\s*(\d{1,3}(?:\.\d{1,2})?)(?!\d)", text, re.IGNORECASE)
    if found:
        return f"E{found[1]}"
    return text.strip() if re.search(r"[^\W_]", text) else ""


def row_key(family: str, label: str, engagement: str) -> str:
    """What names a row from one file to the next: `family|label|engagement`, each in its plain spelling."""
    return "|".join((plain(family), plain(label), plain(engagement_code(engagement))))
