"""Words compared without their accents, case, punctuation, plural or synonym."""

import re
import unicodedata
from functools import lru_cache

# Words that say nothing of which indicator a label names.
_SILENT = "a au aux avec ce ces d dans de des du en et l la le les leur leurs ou par pour qu que s sous sur un une"
STOP_WORDS = frozenset(_SILENT.split(" "))

# One spelling for the words of the trade that préfectures write in several ways.
SYNONYMS = {
    "mail": "courriel", "mel": "courriel", "email": "courriel", "electronique": "courriel",
    "lettre": "courrier", "rdv": "rendez vous", "rendezvous": "rendez vous", "pn": "point numerique",
    "telephonique": "appel", "telephone": "appel", "info": "information", "renseignement": "information",
    "nb": "nombre", "nbre": "nombre", "pourcentage": "taux", "part": "taux", "jr": "jour", "j": "jour",
    "ouvrable": "ouvre", "demat": "dematerialise", "serveur": "svi", "plainte": "reclamation",
}  # fmt: skip


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case, no accent, no punctuation, single spaces: « Févr. » gives `fevr`."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("n°", " "))
    kept = "".join(character for character in folded if not unicodedata.combining(character))
    return " ".join(re.findall(r"[a-z0-9%]+", kept))


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[str, ...]:
    """The words that count, in the singular and in one spelling, in their order."""
    # « e-mail » and the like are one word; a number glued to its unit (« 10j ») is two.
    joined = re.sub(r"\be mail", "mail", re.sub(r"^% ?", "taux ", plain(text)))
    words = re.findall(r"\d+|[a-z]+", joined)
    spelt = (SYNONYMS.get(_singular(word), _singular(word)) for word in words if word not in STOP_WORDS)
    return tuple(word for spelling in spelt for word in spelling.split())


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


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and word != "taux" else word
