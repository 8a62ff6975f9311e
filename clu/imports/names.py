"""Who a cell of an arrêté names: a person, nobody yet, or a holder with a deputy."""

import re
from dataclasses import dataclass

from clu.imports.readers import NOBODY, Words
from core.importing.tables.readers import Entry, Said
from core.importing.words import plain

SEVERAL = "Cette cellule nomme plusieurs personnes : écrivez une ligne par siège."
_RANKED = re.compile(
    r"(?:(?:membre )?(?P<early>titulaire|suppl[ée]ante?)\s*:\s*)?(?P<name>[^:;()]+?)"
    r"\s*(?:[(,–-]\s*(?P<late>titulaire|suppl[ée]ante?)\s*\)?)?\s*(?:;|,|$)",
    re.IGNORECASE,
)
_PERSON = re.compile(r"(?:^|[\s,;/])(?:M|MM|Mr|Mme|Mmes|Mlle|Monsieur|Madame)\.? [A-ZÀ-Ý]")
_QUALITY = re.compile(
    r"(?:vice )?(?:president|tresori|secretaire|direct|maire\b|adjoint|chef|delegu|conseill|membre|responsable|"
    r"represent|administra|benevole|referent|charge|coordin|gestionnaire|juriste)"
)
_HOLDER, _DEPUTY = "titul", "suppl"


@dataclass(frozen=True)
class NamesTold:
    """The people of one cell: who holds the seat, who replaces them, in which quality."""

    holder: str
    deputy: str = ""
    function: str = ""

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.holder, self.function, self.deputy]))


@dataclass(frozen=True)
class PersonName(Words):
    """A name, empty for « à désigner »; « Mme A (titulaire), M. B (suppléant) » in one cell are two people."""

    most: int = 200

    def __call__(self, entry: Entry) -> Said:
        if NOBODY.fullmatch(plain(entry.text)):
            return Said("")
        told = names_in(entry.text)
        if told is None:
            return entry.wrong(SEVERAL)
        return Said(told) if told.deputy or told.function else super().__call__(entry)


def names_in(text: str) -> NamesTold | None:
    """Who one cell names; None where several people are named and nothing says which holds the seat."""
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if told := _ranked("; ".join(lines)):
        return told
    if len(_PERSON.findall(text)) > 1:
        return None
    if len(lines) == 2 and (lines[1][:1].islower() or _QUALITY.match(plain(lines[1]))):
        return NamesTold(lines[0].rstrip(" ,"), function=lines[1])
    return NamesTold(" ".join(lines))


def _ranked(text: str) -> NamesTold | None:
    """« Mme A (titulaire) ; M. B (suppléant) »: every name with its rank, one of each at most."""
    found = [(plain(one["early"] or one["late"] or "")[:5], one["name"].strip()) for one in _RANKED.finditer(text)]
    ranks = [rank for rank, _name in found]
    if _DEPUTY not in ranks or len(set(ranks)) != len(ranks) or not set(ranks) <= {_HOLDER, _DEPUTY}:
        return None
    named = {rank: "" if NOBODY.fullmatch(plain(name)) else name for rank, name in found}
    return NamesTold(named.get(_HOLDER, ""), named[_DEPUTY])
