"""Words of a file compared without their accents, case, punctuation, plural or synonym."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

# Words that say nothing of what a heading or a label names.
_SILENT = "a au aux avec ce ces d dans de des du en et l la le les leur leurs ou par pour qu que s sous sur un une"
STOP_WORDS = frozenset(_SILENT.split(" "))

# One spelling for the words that offices write in several ways; an app adds those of its trade.
ABBREVIATIONS = {
    "mail": "courriel",
    "mel": "courriel",
    "email": "courriel",
    "electronique": "courriel",
    "lettre": "courrier",
    "rdv": "rendez vous",
    "rendezvous": "rendez vous",
    "info": "information",
    "renseignement": "information",
    "nb": "nombre",
    "nbre": "nombre",
    "jr": "jour",
    "j": "jour",
    "demat": "dematerialise",
}


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Lower case, no accent, no punctuation but « % », single spaces: « Févr. » gives `fevr`."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("n°", " "))
    kept = "".join(character for character in folded if not unicodedata.combining(character))
    return " ".join(re.findall(r"[a-z0-9%]+", kept))


def tokens(text: str, synonyms: Mapping[str, str] = ABBREVIATIONS) -> tuple[str, ...]:
    """The words that count, in the singular and in one spelling, in their order."""
    # « e-mail » and the like are one word; a number glued to its unit (« 10j ») is two.
    words = re.findall(r"\d+|[a-z]+", re.sub(r"\be mail", "mail", plain(text)))
    spelt = (synonyms.get(_singular(word), _singular(word)) for word in words if word not in STOP_WORDS)
    return tuple(word for spelling in spelt for word in spelling.split())


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] in "sx" and word != "taux" else word
