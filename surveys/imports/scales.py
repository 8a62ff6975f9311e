"""Scales of a file: what their words surely mean, how marks go, what is likeliest where it must be asked.

A scale is ours when each of its words can be one level only, among the scales of four levels that hold them all.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from core.importing.words import plain
from surveys.enums import Level, YesNo
from surveys.imports.words import WORDS

NO_ANSWER = "-"  # of a word: it is no answer at all
NOTHING = frozenset({"", "-", "–", "—", "/", "."})
LEVELS = tuple(level.value for level in Level)  # the most satisfied first
HALF, NEARLY = Decimal("0.5"), Decimal("0.9")
_GENDER = re.compile(r"(?<=[a-zà-ÿ])(?:\(e?s?\)|[.·•/-]e(?:[.·•/-]?s)?(?![a-zà-ÿ]))+", re.IGNORECASE)
_AGREED = re.compile(r"\b(satisfait|insatisfait|concerne|content|mecontent)(?:e|s|es)\b")
_RANKED = re.compile(r"^\d+ (?=[a-z])|(?<=[a-z]) \d+$")
_OUTSIDE, _UNSAID, _UNSURE, _BAD, _STRONG, _GOOD, _MIDDLE = (
    re.compile(WORDS[name]) for name in ("outside", "unsaid", "unsure", "bad", "strong", "good", "middle")
)
_YES_NO = {word: answer.value for answer in YesNo for word in WORDS[answer.value].split("|")}
_KNOWN = [
    {word: level for level, words in zip(LEVELS, scale, strict=True) for word in words.split("|")}
    for scale in WORDS["scales"]
]
_MARK = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*(?:/\s*\d+|sur \d+|pts?|points?|[ée]toiles?|stars?)?", re.IGNORECASE)
_CODE = re.compile(r"([A-Z]{1,3})0*(\d{1,2})")
_STARS = re.compile(r"[★⭐☆✩✰\ufe0f\s]+")
_BOUNDS = ((1, 4), (1, 5), (0, 10), (1, 10), (0, 5), (1, 3), (1, 6), (1, 7), (0, 20), (0, 100), (0, 1), (1, 2))
_LEGEND = re.compile(r"(\d{1,3})\s*(?:=|:|\(|–|-|pour)?\s*([^\W\d][^\d\[\]()=;,/]*)")
_RANGE = re.compile(r"(\d{1,2})\s*(?:\([^)]*\)|[^\d\[\]]{0,40})?\s*(?:à|et|to|-)\s*(\d{1,3})\b", re.IGNORECASE)


class Family(StrEnum):
    """How a scale is written; the name of its list in the preview."""

    SATISFACTION = "échelle de satisfaction"
    YES_NO = "oui ou non"
    MARKS = "échelle de notes"
    CODES = "échelle de codes"
    STARS = "échelle d’étoiles"
    SYMBOLS = "échelle de symboles"
    WORDS = "échelle de mots"


RANKED = {Family.STARS: _STARS, Family.MARKS: _MARK, Family.CODES: _CODE}


@lru_cache(maxsize=4096)
def words_of(text: str) -> str:
    """A label in its plain spelling, whatever the gender, the number and its rank: « 4 - Très satisfait(e) »."""
    return _RANKED.sub("", _AGREED.sub(r"\1", plain(_GENDER.sub("", text))))


_OWN = {words_of(level.label): level.value for level in Level}


def is_unsaid(text: str) -> bool:
    """Whether a cell says that nobody answered."""
    return bool(_UNSAID.fullmatch(words_of(text)))


def is_outside(text: str) -> bool:
    """Whether a cell says « non concerné », whatever the scale."""
    return bool(_OUTSIDE.fullmatch(words_of(text)))


def ends_unsure(text: str) -> bool:
    """Whether a heading ends by saying so: « la courtoisie [Sans avis] »."""
    return bool(re.search(rf"\b(?:{WORDS['unsure']})$", words_of(text)))


def is_unsure(text: str) -> bool:
    """Whether a cell says « ne sait pas », « sans avis »: non concerné or no answer, which is asked."""
    return bool(_UNSURE.fullmatch(words_of(text)))


@lru_cache(maxsize=4096)
def family_of(text: str) -> Family | None:
    """How a cell is written; None for what belongs to every scale (« non concerné », nothing)."""
    words = words_of(text)
    if text in NOTHING or is_outside(text) or is_unsaid(text) or is_unsure(text):
        return None
    if ranked := next((family for family, pattern in RANKED.items() if pattern.fullmatch(text)), None):
        return ranked
    if not words:
        return Family.SYMBOLS
    return Family.YES_NO if words in _YES_NO else Family.SATISFACTION if _is_ours(words) else Family.WORDS


def _is_ours(words: str) -> bool:
    return "satisf" in words or "content" in words


def known_levels(texts: Iterable[str]) -> dict[str, str] | None:
    """The level of each word of a scale, when it can be no other: {word: level}; None when it must be asked.

    Where our four levels all stand, any other word is a stranger: it alone is asked.
    """
    words = {words_of(text) for text in texts}
    fitting = [{word: scale[word] for word in words} for scale in _KNOWN if words <= scale.keys()]
    is_sure = bool(fitting) and all(one == fitting[0] for one in fitting)
    if is_sure and len(set(fitting[0].values())) == len(words):
        return fitting[0]
    return dict(_OWN) if words >= _OWN.keys() else None


def known_yes_no(text: str) -> str:
    """`yes`, `no`, or nothing for what is neither."""
    return _YES_NO.get(words_of(text), "")


def guess_of(text: str) -> str:
    """The likeliest level of a word or symbol, to propose it; nothing in the middle of a scale."""
    words = words_of(text) or text
    if _MIDDLE.search(words) or not is_telling(words):
        return ""
    worst, strong = bool(_BAD.search(words)), bool(_STRONG.search(words))
    return LEVELS[2 + strong] if worst else LEVELS[1 - strong]


def is_telling(words: str) -> bool:
    """Whether words say how satisfied one is."""
    return any(pattern.search(words) for pattern in (_BAD, _STRONG, _GOOD))


def rank_of(text: str) -> Decimal | None:
    """The number of a mark, of a code (« A2 ») or of a row of stars."""
    if _STARS.fullmatch(text):
        return Decimal(text.count("★") + text.count("⭐"))
    found = _CODE.fullmatch(text) or _MARK.fullmatch(text)
    return Decimal(found[found.lastindex or 1].replace(",", ".")) if found else None


@dataclass(frozen=True)
class Direction:
    """Marks from `low` to `high`, of which one end is the most satisfied."""

    low: int
    high: int
    is_rising: bool

    @property
    def code(self) -> str:
        return f"{self.low}-{self.high}{'+' if self.is_rising else '-'}"

    @property
    def label(self) -> str:
        return f"de {self.low} à {self.high}, {self.high if self.is_rising else self.low} est le plus satisfait"

    def level(self, rank: Decimal) -> tuple[str, bool]:
        """The likeliest level of a rank, and whether it can be no other (a scale of four levels)."""
        if not self.low <= rank <= self.high:
            return "", False
        share = (rank - self.low) / Decimal(self.high - self.low)
        share = share if self.is_rising else 1 - share
        if self.high - self.low == len(LEVELS) - 1 and rank == int(rank):
            return LEVELS[3 - round(share * 3)], True
        if share == HALF:
            return "", False
        is_end = share >= NEARLY or share <= 1 - NEARLY
        return (LEVELS[1 - is_end] if share > HALF else LEVELS[2 + is_end]), False

    def agrees(self, mark: int, is_good: bool) -> bool:
        """Whether that mark is its good end, or its bad one."""
        return mark == (self.high if self.is_rising == is_good else self.low)

    @classmethod
    def parse(cls, code: str) -> "Direction":
        low, _, high = code[:-1].partition("-")
        return cls(int(low), int(high), code.endswith("+"))


def directions_for(ranks: Iterable[Decimal]) -> list[Direction]:
    """The scales that marks may come from, both ways; of codes, the one past the last level may stand apart."""
    least, most = min(ranks, default=Decimal(1)), max(ranks, default=Decimal(4))
    bounds = [(low, high) for low, high in _BOUNDS if low <= least and most <= high]
    bounds += [(low, high) for low, high in _BOUNDS[:1] if low <= least and most == high + 1]
    return [Direction(low, high, rising) for low, high in bounds for rising in (True, False)]


def ends_written(text: str) -> dict[int, bool]:
    """The marks whose sense a text tells, and whether it is a good one: « 4 = très satisfait » gives {4: True}."""
    told = {int(number): plain(words) for number, words in _LEGEND.findall(text)}
    return {n: not _BAD.search(words) for n, words in told.items() if is_telling(words) and not is_outside(words)}


def outside_written(text: str) -> frozenset[int]:
    """The marks that a text tells to be no level: « 5 = non concerné »."""
    return frozenset(int(number) for number, words in _LEGEND.findall(text) if is_outside(words.strip()))


@lru_cache(maxsize=4096)
def direction_written(text: str) -> Direction | None:
    """What a heading or a legend says: « de 1 (pas du tout satisfait) à 5 », « 1 = très satisfait, 4 = … »."""
    ends = ends_written(text)
    ranges = {int(one) for pair in _RANGE.findall(text) for one in pair} if ends else set()
    bounds = sorted({*ends, *ranges} - outside_written(text))
    if not ends or len(bounds) < 2:
        return None
    low, high = bounds[0], bounds[-1]
    if low in ends and high in ends and ends[low] == ends[high]:
        return None  # « 1 = satisfait, 2 = très satisfait » says no end
    return Direction(low, high, is_rising=ends[high] if high in ends else not ends.get(low, True))
