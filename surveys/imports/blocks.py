"""Blocks of columns that share a scale: their values taken together, then each word read once for all of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from core.importing.asks import Ask, Given, Option, settle
from core.importing.places import ReadPlace
from core.importing.vocabulary import Word, Words
from surveys.enums import NOT_CONCERNED, Level, QuestionKind, YesNo
from surveys.imports import scales
from surveys.imports.scales import NO_ANSWER, RANKED, Direction, Family

ONE_BY_ONE = "words"  # the answer of who prefers to say each mark
NOT_SAID = Option(NO_ANSWER, "Sans réponse")
OPTIONS = {
    kind: [
        *(Option(value, str(label)) for value, label in answers.choices),
        Option(NOT_CONCERNED, "Non concerné, sans objet"),
        NOT_SAID,
    ]
    for kind, answers in ((QuestionKind.SCALE, Level), (QuestionKind.YES_NO, YesNo))
}
Key = tuple[str, int]  # table, column


@dataclass(frozen=True)
class CriterionColumn:
    """A column of a criterion: what kind of question it is, what tells its scale (heading, legend), its texts."""

    kind: str
    heading: str
    texts: frozenset[str]
    legend: str = ""

    @cached_property
    def told(self) -> str:
        """What tells its scale: its heading, else the legend beside the table."""
        return self.heading if scales.ends_written(self.heading) else self.legend

    @cached_property
    def family(self) -> Family | None:
        """How most of its values are written; with words of satisfaction, others are levels of the same scale."""
        found = Counter(family for text in self.texts if (family := scales.family_of(text)))
        commonest = found.most_common(1)[0][0] if found else None
        return Family.SATISFACTION if Family.SATISFACTION in found else commonest


@dataclass
class Block:
    """Columns of one scale. `kind` names it in the table of words; `direction` is asked for marks, codes and stars."""

    kind: str
    question_kind: str
    words: Words
    known: Mapping[str, str] = field(default_factory=dict)
    direction: Ask | None = None
    outside: frozenset[int] = frozenset()  # marks that the file tells to be no level
    waiting: list[ReadPlace] = field(default_factory=list)  # cells that wait for the direction
    _read: dict[str, Word | None] = field(default_factory=dict)

    @property
    def ask(self) -> Ask | None:
        """The question about its direction, with the cells that wait."""
        return replace(self.direction, places=tuple(self.waiting)) if self.direction else None

    def read(self, text: str, place: ReadPlace) -> str | None:
        """The code of the answer in a cell; empty for no answer, None while it is asked."""
        if text not in self._read:
            known, proposed = self._meaning(text)
            waits = self.direction is not None and self.direction.is_open and not (known or scales.is_unsure(text))
            options = OPTIONS[QuestionKind(self.question_kind)]
            word = None if waits else self.words.word(self.kind, text, options, known=known, proposed=proposed)
            self._read[text] = word
        word = self._read[text]
        (self.waiting if word is None else word.places).append(place)
        if word is None or word.ask.is_open:
            return None
        return "" if word.ask.value == NO_ANSWER else word.ask.value

    def _meaning(self, text: str) -> tuple[str, str]:
        """(what it surely means, what it most likely means)."""
        if scales.is_unsaid(text) or scales.is_unsure(text):
            return (NO_ANSWER, "") if scales.is_unsaid(text) else ("", NOT_CONCERNED)
        if scales.is_outside(text) or (self.outside and scales.rank_of(text) in self.outside):
            return NOT_CONCERNED, ""
        if self.question_kind == QuestionKind.YES_NO:
            return scales.known_yes_no(text), {"1": YesNo.YES.value, "0": YesNo.NO.value}.get(text, "")
        if known := self.known.get(scales.words_of(text)):
            return known, ""
        return self._by_rank(text)

    def _by_rank(self, text: str) -> tuple[str, str]:
        """What a mark means in the direction that is settled."""
        rank = scales.rank_of(text)
        if self.direction is None or rank is None or self.direction.value in ("", ONE_BY_ONE):
            return "", scales.guess_of(text)
        level, is_sure = Direction.parse(self.direction.value).level(rank)
        return (level, "") if is_sure else ("", level)


def blocks_of(columns: Mapping[Key, CriterionColumn], *, words: Words, given: Given) -> dict[Key, Block]:
    """The block of each column of a criterion: same kind of question, same writing, same direction in the heading."""
    found: dict[Key, Block] = {}
    names: Counter[str] = Counter()
    for (kind, family, _told), keys in _alike(columns).items():
        names[family] += 1
        name = f"{family or Family.SATISFACTION}{f' ({names[family]})' if names[family] > 1 else ''}"
        texts = {text for key in keys for text in columns[key].texts if scales.family_of(text)}
        block = Block(name, kind, words)
        if kind == QuestionKind.SCALE and family in RANKED:
            told = columns[keys[0]].told
            block.outside = scales.outside_written(told)
            block.direction = _direction(name, family, texts, given, told)
        elif kind == QuestionKind.SCALE:
            block.known = scales.known_levels(texts) or {}
        found |= dict.fromkeys(keys, block)
    return found


def _commonest(columns: Iterable[CriterionColumn], kind: str) -> Family | None:
    """A column that says nothing but « non concerné » goes with the others."""
    found = Counter(column.family for column in columns if column.kind == kind and column.family)
    return found.most_common(1)[0][0] if found else None


def _written(told: str) -> tuple:
    """What a text says of marks: columns that say the same share a scale."""
    return tuple(sorted(scales.ends_written(told).items())), scales.direction_written(told)


def _alike(columns: Mapping[Key, CriterionColumn]) -> dict[tuple, list[Key]]:
    """The columns by kind, writing and what their headings tell of it."""
    groups: dict[tuple, list[Key]] = defaultdict(list)
    for key, column in columns.items():
        family = column.family or _commonest(columns.values(), column.kind)
        groups[column.kind, family, _written(column.told) if family in RANKED else None].append(key)
    return groups


def _direction(name: str, family: Family, texts: Iterable[str], given: Given, told: str) -> Ask:
    """Which end of the marks is the most satisfied: what is told of it, else asked for all the columns at once."""
    outside, written = scales.outside_written(told), scales.direction_written(told)
    marks = {text: rank for text in texts if (rank := scales.rank_of(text)) is not None}
    ranks = {text: rank for text, rank in marks.items() if rank not in outside}
    offered = list(dict.fromkeys([*filter(None, [written]), *scales.directions_for(ranks.values())]))
    likely = written or _likely(offered, family, scales.ends_written(told))
    is_told = bool(written and all(written.low <= rank <= written.high for rank in ranks.values()))
    shown = ", ".join(sorted(ranks, key=lambda text: (ranks[text], text))[:12])
    code = likely.code if likely else ""
    return settle(
        given,
        f"scale:{name}",
        f"Que valent les réponses {shown} ? Dites la plus petite, la plus grande et le sens.",
        [*(Option(one.code, one.label) for one in offered), Option(ONE_BY_ONE, "autre chose : réponse par réponse")],
        found=code if is_told else "",
        proposed=code,
        text=shown,
    )


def _likely(offered: list[Direction], family: Family, ends: Mapping[int, bool]) -> Direction | None:
    """The direction that the ends written fit, else the rising one of stars."""
    fitting = (one for one in offered if ends and all(one.agrees(*end) for end in ends.items()))
    rising = (one for one in offered if family == Family.STARS and one.is_rising)
    return next(chain(fitting, rising), None)
