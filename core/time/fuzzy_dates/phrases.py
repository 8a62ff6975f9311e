"""What fuzzy dates are, and the phrases that promise no day."""

import re
from datetime import date
from enum import StrEnum

from core.time.fuzzy_dates.expressions import read


class Kind(StrEnum):
    """What the words are."""

    DAY = "day"
    PERIOD = "period"
    EVENT = "event"
    DONE = "done"
    ASAP = "asap"
    CONTINUOUS = "continuous"
    BLANK = "blank"
    UNKNOWN = "unknown"


_EACH = r"(?:ans?|annees?|mois|semaines?|jours?|trimestres?|semestres?)"
_PHRASES = {
    Kind.BLANK: r"|[-/?]+|neant|sans (?:echeance|objet|date)|s\.?o|n/?[ac]|date a fixer|"
    r"(?:a |non )(?:definie?|determinee?|fixer|preciser|definir|determiner|fixee?|precisee?)",
    Kind.DONE: r"(?:deja |c'est )?(?:fait|realise|effectue|termine|acheve|mis en place)e?s?|deja en place",
    Kind.CONTINUOUS: r"(?:action |tache )?(?:(?:en )?continue?|permanente?|recurrente?|reguliere?)(?:ment)?|"
    r"en (?:permanence|continue)|(?:sans|pas de) (?:date de )?fin|au fil de l'eau|(?:tout au long de|toute) l'annee|"
    rf"(?:chaque|(?:tous|toutes) les(?: \d{{1,2}}| deux| trois| six)?|par) {_EACH}|"
    rf"(?:une|\d{{1,2}}) ?(?:fois|x) ?(?:par|/) ?{_EACH}|"
    r"(?:quotidien|hebdomadaire|mensuel|bimestriel|trimestriel|semestriel|annuel|periodique)(?:le)?(?:ment)?",
    Kind.ASAP: r"(?:des que|aussitot que|si) possible|asap|(?:le |au )?plus (?:vite|tot)(?: possible)?|urgent|"
    r"sans delai|immediate?(?:ment)?|des (?:a present|maintenant)|(?:tout )?de suite|rapidement|"
    r"dans les meilleurs delais",
}
_READ = {kind: re.compile(pattern) for kind, pattern in _PHRASES.items()}
_ANY_DAY = date(2000, 1, 1)  # a year left out does not matter
_DONE_THEN = re.compile(rf"(?:{_PHRASES[Kind.DONE]}) (?P<day>.+)")


def phrase_kind(wording: str) -> Kind | None:
    """The kind of plain words (see `spelling.plain`) that promise no day; None for all others."""
    if (done := _DONE_THEN.fullmatch(wording)) and read(done["day"], _ANY_DAY):  # never « fait le ménage »
        return Kind.DONE
    return next((kind for kind, pattern in _READ.items() if pattern.fullmatch(wording)), None)
