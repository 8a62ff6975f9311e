"""What in a free text may name somebody: told to whoever reads it first, decided by nobody else."""

import re

TITLES = r"(?:M\.|Mr|Mme|Mlle|Me|Monsieur|Madame|Mademoiselle|Maître|Docteur|Dr)"
STREETS = "rue|avenue|av\\.|bd|boulevard|place|chemin|impasse|allée|route|quai|cours"
_FLAGS = (
    ("une adresse électronique", re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)),
    ("un numéro de téléphone", re.compile(r"(?:\+33|0033|\b0)[\s.\-]?[1-9](?:[\s.\-]?\d{2}){4}\b")),
    ("un numéro", re.compile(r"(?:\d[\s.\-]?){10,}")),
    ("une adresse", re.compile(rf"\b\d{{1,4}}\s?(?:bis|ter)?,?\s+(?:{STREETS})\b", re.IGNORECASE)),
    ("un nom", re.compile(rf"\b{TITLES}\s+[A-ZÀ-Ý][\w’'\-]+")),
    ("un nom", re.compile(r"\b(?:je suis|je m[’']appelle|signé)\s*:?\s+[A-ZÀ-Ý][\w\-]+", re.IGNORECASE)),
)


def flags_of(text: str) -> list[str]:
    """« un numéro de téléphone », « un nom »: each once, in that order; empty where nothing is found."""
    return list(dict.fromkeys(words for words, pattern in _FLAGS if pattern.search(str(text))))
