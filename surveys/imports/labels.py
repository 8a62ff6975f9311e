"""An answer as files write it, to its code: « Très satisfait », « TS », « A1 », « 1 », « Sans objet »…"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.imports.words import plain
from surveys.enums import NOT_CONCERNED, Level, QuestionKind, YesNo
from surveys.rules.answers import Answer, Item

_SCALE = {
    Level.VERY_SATISFIED: "tres satisfait|tout a fait satisfait|totalement satisfait|pleinement satisfait|ts"
    "|very satisfied|tres content|tres bien|tout a fait d accord|tout a fait",
    Level.SATISFIED: "satisfait|plutot satisfait|assez satisfait|satisfied|s|content|bien|plutot d accord|plutot"
    "|d accord",
    Level.DISSATISFIED: "peu satisfait|plutot pas satisfait|plutot insatisfait|dissatisfied|not very satisfied|ps"
    "|pas tres satisfait|pas tres content|peu d accord|plutot pas d accord|plutot pas|plutot mecontent",
    Level.VERY_DISSATISFIED: "pas du tout satisfait|pas satisfait|insatisfait|tres insatisfait|very dissatisfied|pts"
    "|not at all satisfied|not satisfied|pas content du tout|pas d accord|pas du tout d accord|pas du tout|mecontent",
}
_YES_NO = {YesNo.YES: "oui|o|yes|y|vrai|true", YesNo.NO: "non|n|no|faux|false"}
_NOT_CONCERNED = (
    "non concerne|pas concerne|je ne suis pas concerne|cela ne me concerne pas|sans objet|so|nc|na|n a|non applicable"
    "|not applicable|not concerned|does not apply|does not apply to me|sans avis|sans opinion|ne se prononce pas|nsp"
    "|ne sait pas|no opinion|non evalue"
)
_NUMERIC = re.compile(r"[A-Za-z]{0,3}0*(\d)")
_GENDER = re.compile(r"\b(satisfait|insatisfait|concerne|content|mecontent)(e|s|es)\b")
_SEPARATORS = re.compile(r"\s*[;|\n]\s*|\s*,\s+")
NOTHING = frozenset({"", "-", "–", "/", "."})

_WORDS: dict[str, dict[str, str]] = {
    QuestionKind.SCALE: {words: code for code, many in _SCALE.items() for words in many.split("|")},
    QuestionKind.YES_NO: {words: code for code, many in _YES_NO.items() for words in many.split("|")},
}
_OUTSIDE = frozenset(_NOT_CONCERNED.split("|"))


@dataclass(frozen=True)
class Read:
    """An answer understood; `is_code` when it was a rank (1, A1) read in the order of the questionnaire."""

    answer: Answer | None
    is_code: bool = False
    is_unknown: bool = False


UNKNOWN = Read(None, is_unknown=True)


@dataclass(frozen=True)
class Choices:
    """The answers of a question with fixed choices: plain words to codes."""

    by_words: Mapping[str, str]
    other: str = ""


def read_answer(text: str, item: Item, *, choices: Choices, is_reversed: bool = False) -> Read:
    """The answer in a cell. `is_reversed`: the ranks of the file begin with the least satisfied."""
    text = text.strip()
    if text in NOTHING:
        return Read(None)
    if item.kind == QuestionKind.TEXT:
        return Read(text)
    if item.kind == QuestionKind.MULTIPLE:
        return _several(text, item, choices)
    if item.kind == QuestionKind.CHOICE:
        return _choice(text, item, choices)
    return _criterion(text, item, is_reversed)


def choices_of(choices: list[Mapping[str, str]]) -> Choices:
    """The choices of a question by every way to write them."""
    by_words: dict[str, str] = {}
    for choice in choices:
        for name in ("code", "label", "label_easy", "label_en"):
            if words := plain(choice.get(name, "")):
                by_words.setdefault(words, choice["code"])
    other = next((c["code"] for c in choices if plain(c["code"]) in {"autre", "autres", "other"}), "")
    return Choices(by_words, other)


def words_of(text: str) -> str:
    """A label in its plain spelling, the same for every gender and number: « Très satisfaite » is `tres satisfait`."""
    return _GENDER.sub(r"\1", plain(re.sub(r"\((e|s|es)\)", "", text, flags=re.IGNORECASE)))


def _criterion(text: str, item: Item, is_reversed: bool) -> Read:
    words = words_of(text)
    if words in _OUTSIDE:
        return Read(NOT_CONCERNED)
    if code := _WORDS[item.kind].get(words):
        return Read(str(code))
    if text in item.accepted:
        return Read(text)
    return _ranked(text, item, is_reversed)


def _ranked(text: str, item: Item, is_reversed: bool) -> Read:
    """« 1 », « A1 »: the rank in the order of the questionnaire; the one after the last is « non concerné »."""
    found = _NUMERIC.fullmatch(text)
    if found is None:
        return UNKNOWN
    scale = [code for code in item.accepted if code != NOT_CONCERNED]
    rank = int(found[1])
    if item.kind == QuestionKind.YES_NO and rank == 0:
        return Read(YesNo.NO.value, is_code=True)
    if rank in (0, len(scale) + 1):
        return Read(NOT_CONCERNED, is_code=True)
    if rank > len(scale):
        return UNKNOWN
    return Read(str((scale[::-1] if is_reversed else scale)[rank - 1]), is_code=True)


def _choice(text: str, item: Item, choices: Choices) -> Read:
    if code := choices.by_words.get(plain(text)):
        return Read(code)
    head = plain(re.split(r"\s*[:(]", text)[0])
    if choices.other and head in {"autre", "autres", "other", "oth"}:
        return Read(choices.other)
    found = _NUMERIC.fullmatch(text)
    rank = int(found[1]) if found else 0
    return Read(item.choices[rank - 1], is_code=True) if 0 < rank <= len(item.choices) else UNKNOWN


def _several(text: str, item: Item, choices: Choices) -> Read:
    reads = [_choice(part, item, choices) for part in _SEPARATORS.split(text) if part]
    if any(read.is_unknown for read in reads):
        return UNKNOWN
    codes = [read.answer for read in reads]
    return Read([code for code in item.choices if code in codes], is_code=any(read.is_code for read in reads))
