"""How much two actions look alike: trigrams of words as PostgreSQL's pg_trgm counts them, and a cheap first choice.

Two databases, one order: letters are folded here the same way for both (`FOLDED_FROM`, `FOLDED_TO`), and the measure is
that of pg_trgm, so that the plain path gives the figures of the other one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest, nsmallest
from itertools import chain, combinations, pairwise

FOLDED_FROM = "àâäáãåéèêëíîïìóôöòõúùûüçñÿœæÀÂÄÁÃÅÉÈÊËÍÎÏÌÓÔÖÒÕÚÙÛÜÇÑŸŒÆ"
FOLDED_TO = "aaaaaaeeeeiiiiooooouuuucnyoa" * 2
ALIKE = 0.3  # pg_trgm's own threshold; the documents of reference have no pair between 0,32 and 0,75
_FOLD = str.maketrans(FOLDED_FROM, FOLDED_TO)
_WORDS = re.compile(r"[a-z0-9]+")
_STEMS = re.compile(r"(?<![a-z0-9])[a-z0-9]{4,6}")  # « communication » and « communiquer » begin alike
_RAREST = 5  # words of each action that choose its pairs
_TOO_COMMON = 60  # among those, one that so many actions have tells nothing; it bounds the pairs looked at
_FEWEST_SHARED = 2
_CANDIDATES = 100

Pair = tuple[int, int]  # keys of two texts, the smaller first


@dataclass(frozen=True)
class ComparedText:
    """What is compared of an action: its words, and those of its finding."""

    key: int
    title: str
    finding_id: int
    finding: str


def folded(text: str) -> str:
    """Without accents and in small letters, as the index of PostgreSQL has it."""
    return text.translate(_FOLD).lower()


def words(text: str) -> list[str]:
    return _WORDS.findall(folded(text))


def trigrams(text: str) -> frozenset[str]:
    """The groups of three letters of each word, with two spaces before it and one after."""
    padded = (f"  {word} " for word in words(text))
    return frozenset(word[i : i + 3] for word in padded for i in range(len(word) - 2))


def similarity(first: frozenset[str], second: frozenset[str]) -> float:
    """Shared trigrams over all those of both; 0 for two empty texts."""
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared) if shared else 0.0


def score(title: float, finding: float) -> float:
    """Half what is to be done, half what was found: the same finding met again is a reason to look."""
    return (title + finding) / 2


def candidates(texts: Sequence[ComparedText], may_be: Callable[[Pair], bool] = lambda pair: True) -> list[Pair]:
    """The pairs worth measuring: same words of either text, or most rare words in common. `may_be` refuses some.

    Of two thousand actions two million pairs could be made: the rarest words of each choose a hundred of them, in
    time nearly proportional to the actions. Two actions of one finding are never a pair.
    """
    finding_of = {text.key: text.finding_id for text in texts}

    def is_apart(pair: Pair) -> bool:
        return finding_of[pair[0]] != finding_of[pair[1]] and may_be(pair)

    stems = {text.key: _stems(text) for text in texts}
    shared: Counter[Pair] = Counter()
    for keys in _bearers(stems):
        shared.update(combinations(keys, 2))
    likely = {
        pair: similarity(stems[pair[0]], stems[pair[1]])
        for pair, count in shared.items()
        if count >= _FEWEST_SHARED and is_apart(pair)
    }
    likely |= {pair: 1.0 for pair in _same_words(texts) if is_apart(pair)}
    return nlargest(_CANDIDATES, likely, key=lambda pair: (likely[pair], -pair[0], -pair[1]))


def measured(texts: Iterable[ComparedText], pairs: Iterable[Pair]) -> Iterator[tuple[Pair, float]]:
    """The score of each pair."""
    by_key = {text.key: text for text in texts}
    known: dict[str, frozenset[str]] = {}

    def of(words: str) -> frozenset[str]:
        if words not in known:
            known[words] = trigrams(words)
        return known[words]

    for pair in pairs:
        first, second = by_key[pair[0]], by_key[pair[1]]
        title = similarity(of(first.title), of(second.title))
        yield pair, score(title, similarity(of(first.finding), of(second.finding)))


def _stems(text: ComparedText) -> frozenset[str]:
    both = text.title if text.title == text.finding else f"{text.title} {text.finding}"
    return frozenset(_STEMS.findall(folded(both)))


def _bearers(stems: dict[int, frozenset[str]]) -> Iterable[list[int]]:
    """The actions that share each word, counting of each action its rarest words alone."""
    spread = Counter(chain.from_iterable(stems.values()))
    bearers = defaultdict(list)
    for key in sorted(stems):
        for _count, stem in nsmallest(_RAREST, [(spread[stem], stem) for stem in stems[key] if spread[stem] > 1]):
            bearers[stem].append(key)
    return [keys for keys in bearers.values() if len(keys) <= _TOO_COMMON]


def _same_words(texts: Sequence[ComparedText]) -> Iterator[Pair]:
    """Each action with the next one of the same title or of the same finding, however common its words."""
    for kind in ("title", "finding"):
        groups: dict[str, list[int]] = defaultdict(list)
        for text in texts:
            groups[" ".join(getattr(text, kind).lower().split())].append(text.key)
        for same, keys in groups.items():
            if same:
                yield from pairwise(sorted(keys))
