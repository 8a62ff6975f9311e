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
_SUPPL = r"suppl(?:[ée]ante?)?\.?"
_DEPUTY_AFTER = re.compile(
    rf"(?P<holder>[^:;()]+?(?:\(titulaire\))?)\s*(?:[(,;–-]|\bou\b)\s*(?:(?:son|sa|ou) )*{_SUPPL}\s*:?\s+"
    r"(?P<deputy>[^:;(),]+?)\s*\)?\.?",
    re.IGNORECASE,
)
_RANK_AFTER = re.compile(r"\s*[,(–-]?\s*\btitulaire\b\s*\)?", re.IGNORECASE)
_PERSON = re.compile(r"(?:^|[\s,;/])(?:M|MM|Mr|Mme|Mmes|Mlle|Monsieur|Madame)\.? [A-ZÀ-Ý]")
_QUALITY = re.compile(
    r"(?:vice )?(?:president|tresori|secretaire|direct|maire\b|adjoint|chef|delegu|conseill|membre|responsable|"
    r"represent|administra|benevole|referent|charge|coordin|gestionnaire|juriste)"
)
_TICK = re.compile(r"[xX✓✔✗✘☑☒✅●■1]|[oO]ui|OUI")
_NUMBER = re.compile(r"^\d{1,2}\s?[.)°-]\s*(?=\D)")  # « 1. Mme Martin »
_HOLDER, _DEPUTY = "titul", "suppl"
_APART = re.compile(r"\s*[,;/]\s*|\s+et\s+")
_PAIR = re.compile(r"\s*[;/\n]\s*")
_FULL_NAME = re.compile(r"[A-ZÀ-Ý][\w’'-]+(?: [A-ZÀ-Ý][\w’'-]+){1,3}")
RANKED = re.compile(r"(?:membres? )?(?:titulaires?|suppleante?s?|remplacante?s?)|t|s")


@dataclass(frozen=True)
class NamesTold:
    """The people of one cell: who holds the seat, who replaces them, in which quality."""

    holder: str | None  # None where only who replaces is told
    deputy: str | None = None
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
        if _TICK.fullmatch(entry.text.strip()) or RANKED.fullmatch(plain(entry.text)):
            return entry.wrong(f"« {entry.text} » n’est pas un nom : écrivez qui tient le siège, ou « à désigner ».")
        told = names_in(entry.text)
        if told is None:
            return entry.wrong(SEVERAL)
        is_one = told.holder is not None and told.deputy is None and not told.function
        return super().__call__(entry) if is_one and told.holder == entry.text else Said(told)


def names_in(text: str) -> NamesTold | None:
    """Who one cell names; None where several people are named and nothing says which holds the seat."""
    lines = [_NUMBER.sub("", " ".join(line.split())).rstrip(" *") for line in text.splitlines() if line.strip()]
    text = "; ".join(lines)
    if told := _with_deputy(text) or _ranked(text):
        return told
    if len(_PERSON.findall(text)) > 1 or _are_several(lines):
        return None
    if len(lines) == 2 and (lines[1][:1].islower() or _QUALITY.match(plain(lines[1]))):
        return NamesTold(lines[0].rstrip(" ,"), function=lines[1])
    return NamesTold(" ".join(lines))


def _ranked(text: str) -> NamesTold | None:
    """« Mme A (titulaire) ; M. B (suppléant) », « Titulaire : Mme A »: each name with its rank, one of each at most."""
    found = [(plain(one["early"] or one["late"] or "")[:5], one["name"].strip()) for one in _RANKED.finditer(text)]
    ranks = [rank for rank, _name in found]
    if not ranks or len(set(ranks)) != len(ranks) or not set(ranks) <= {_HOLDER, _DEPUTY}:
        return None
    named = {rank: "" if NOBODY.fullmatch(plain(name)) else name for rank, name in found}
    return NamesTold(named.get(_HOLDER), named.get(_DEPUTY))


def _with_deputy(text: str) -> NamesTold | None:
    """« Mme A (suppléant : M. B) », « Mme A, suppléant : M. B », « Mme A ou son suppléant M. B »."""
    told = _DEPUTY_AFTER.fullmatch(text)
    if told is None or len(_PERSON.findall(told["deputy"])) > 1 or len(_PERSON.findall(told["holder"])) > 1:
        return None
    holder = _RANK_AFTER.sub("", told["holder"].strip(" ,;")).strip(" ,;")
    function = ""
    if "," in holder:
        holder, function = (one.strip() for one in holder.split(",", 1))
    named = ["" if NOBODY.fullmatch(plain(name)) else name for name in (holder, told["deputy"].strip(" .;"))]
    return NamesTold(*named, function=function)


def _are_several(lines: list[str]) -> bool:
    """« MARTIN Anne, PETIT Paul », « Anne Martin / Paul Petit »: two names of two words each."""
    pieces = [piece for line in lines for piece in _APART.split(line)]
    return len(pieces) > 1 and all(map(_FULL_NAME.fullmatch, pieces)) and not any(map(_is_quality, pieces))


def _is_quality(words: str) -> bool:
    return bool(_QUALITY.match(plain(words)))


@dataclass(frozen=True)
class RankOrNames(Words):
    """« Titulaire », « S »; or both people, the holder first: « Mme Martin / M. Petit », one below the other.

    A number is the place of a line: it says nothing of who holds the seat.
    """

    most: int = 200

    def __call__(self, entry: Entry) -> Said:
        if RANKED.fullmatch(plain(entry.text)):
            return super().__call__(entry)
        if entry.text.replace(".", "").isdecimal():
            return Said()
        pieces = [" ".join(piece.split()) for piece in _PAIR.split(entry.text) if piece.strip()]
        if (told := names_in(entry.text)) and (told.deputy is not None or told.holder is None):
            return Said(told)
        if len(pieces) > 2:
            return entry.wrong(SEVERAL)
        holder, deputy = ("" if NOBODY.fullmatch(plain(one)) else one for one in (*pieces, "")[:2])
        return Said(NamesTold(holder, deputy if len(pieces) > 1 else None))
