"""What fuzzy dates are, and the phrases that promise no day."""

import re
from enum import StrEnum


class Kind(StrEnum):
    """What the words are."""

    DAY = "day"
    PERIOD = "period"
    EVENT = "event"
    DONE = "done"
    ASAP = "asap"
    BLANK = "blank"
    UNKNOWN = "unknown"


_PHRASES = {
    Kind.BLANK: r"|[-/?]+|neant|sans (?:echeance|objet|date)|s\.?o|n/?[ac]|date a fixer|"
    r"(?:a |non )(?:definie?|determinee?|fixer|preciser|definir|determiner|fixee?|precisee?)",
    Kind.DONE: r"(?:deja |c'est )?(?:fait|realise|effectue|termine|acheve|mis en place)e?s?(?: le \d.*)?|deja en place",
    Kind.ASAP: r"(?:des que|aussitot que|si) possible|asap|(?:le |au )?plus (?:vite|tot)(?: possible)?|urgent|"
    r"sans delai|immediate?(?:ment)?|des (?:a present|maintenant)|(?:tout )?de suite|rapidement|"
    r"dans les meilleurs delais",
}
_READ = {kind: re.compile(pattern) for kind, pattern in _PHRASES.items()}


def phrase_kind(wording: str) -> Kind | None:
    """The kind of plain words (see `spelling.plain`) that name no day; None for all others."""
    return next((kind for kind, pattern in _READ.items() if pattern.fullmatch(wording)), None)
