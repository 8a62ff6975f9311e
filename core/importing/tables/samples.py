"""Lines that show how to fill a table in, and those under it: examples, instructions, signatures, counts, totals."""

import re
from collections.abc import Sequence
from functools import lru_cache

from core.base.months import ENGLISH_MONTH_NAMES, MONTH_NAMES, SHORT_MONTH_NAMES
from core.importing.asks import Option
from core.importing.units import folded
from core.importing.words import plain
from core.sheets.reading.tagged import Plain

TAKEN = (Option("yes", "la reprendre"), Option("no", "la laisser : c’est un exemple ou une consigne"))
LONGEST = 300
FOOT = 4  # lines at the end of a table that may count those above
_EXAMPLE = re.compile(
    r"\W*(?:exemples?|ex\.?|example|e\.g\.?|specimen|test|modele)\s*(?:(?:[:)\]–—-]|n° ?)\s?.*|\d*)"
    r"|.*[(\[](?:exemple|example|ex\.|a supprimer|fictif|ligne fictive|pour l'exemple|specimen|test)\b[^()]*[)\]]\s*",
    re.DOTALL,
)
_ORDERS = re.compile(
    r"jj ?mm ?aa(?:aa)?|xx+|a (?:completer|renseigner|remplir|preciser)|"
    r"(?:completer|renseigner|remplir|preciser|decrire|indiquer|saisir|choisir|selectionner|nommer)\b.*|"
    r"noms? (?:du|de la|de l|et prenoms?)\b.*|(?:liste deroulante|menu deroulant)\b.*"
)
_SIGNED = re.compile(r"(?:date et )?(?:signatures?|visas?|cachet)(?: .*)?|fait a [^\d,]+,? le .*|document valide le .*")
_COUNT = re.compile(r"(?:dont |soit )?(?:(?:nombre|nb|nbre|taux|pourcentage|part|%)\b.*)")
_MONTHS = "|".join(plain(name) for name in (*MONTH_NAMES, *SHORT_MONTH_NAMES, *ENGLISH_MONTH_NAMES))
_SPAN = (
    "generale?|annuel(?:le)?|mensuel(?:le)?|trimestriel(?:le)?|cumule|mois|annee|an|trimestre|semestre|"
    rf"{_MONTHS}|[1-4](?:er|e|eme)?|t[1-4]|20\d\d"
)
_TOTAL = re.compile(
    r"(?:(?:sous )?tota(?:l|ux)(?: [a-z]+){0,3}|moyennes?|ensemble|sommes?|grand total|average|sum)"
    rf"(?: (?:de |du |d |de l |pour )?(?:l |le )?(?:{_SPAN}))*"
)
_COUNTED = re.compile(r"(?:sous )?total (?:(?:general|des?|du) )*(?:[a-z]+ ){0,2}\d+(?: [a-z]+){0,3}")
_FIGURE = re.compile(r"\d[\d ]*(?: ?%)?(?: (?:sur )?[a-z]+){0,3}")


@lru_cache(maxsize=8192)
def is_example(text: str) -> bool:
    """« Exemple : poser un panneau », « Poser un panneau (à supprimer) », « TEST »."""
    return len(text) <= LONGEST and _EXAMPLE.fullmatch(folded(text)) is not None


def is_sample(values: Sequence[Plain], *, is_first: bool) -> bool:
    """Whether a line shows how to fill the table in: an example, or instructions on its first line."""
    texts = [value for value in values if isinstance(value, str) and value]
    if any(map(is_example, texts)):
        return True
    return is_first and sum(_ORDERS.fullmatch(plain(text)) is not None for text in texts) > 1


def is_signed(texts: Sequence[str]) -> bool:
    """« Fait à Laon, le 12/10/2026 », « Le référent qualité … Signature »: the end of a document."""
    return any(_SIGNED.fullmatch(plain(text)) for text in texts)


def counts_lines(texts: Sequence[str]) -> bool:
    """« Nombre d’actions … 12 », « Taux de réalisation … 33 % »: a count of the lines above."""
    head, *others = texts
    return bool(others) and bool(_COUNT.fullmatch(plain(head))) and all(_FIGURE.fullmatch(plain(one)) for one in others)


def is_counted_total(text: str) -> bool:
    """« Total : 12 documents »: a line of sums in one cell."""
    return len(text) <= LONGEST and _COUNTED.fullmatch(plain(text)) is not None


@lru_cache(maxsize=8192)
def is_total(text: str) -> bool:
    """« Total », « Sous-total avril », « Moyenne annuelle » : what stands at the head of a line of sums."""
    return len(text) <= LONGEST and _TOTAL.fullmatch(plain(text)) is not None
