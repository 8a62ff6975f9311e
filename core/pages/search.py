"""Search (« Rechercher », Ctrl-K): what one may see, by its code or its words, whatever accents and apostrophes.

Each app gives its models in `search.py`, registered as `searches.later("actions.search:register")`, a few lines each
(docs/how-to/give-something-to-search.md); the pages of the menu and the gestures are found by their words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Q

from core.base import registries
from core.base.french import folded
from core.base.registries import Gesture
from core.base.searched import BEGINS, EXACT, WITHIN, WORD, Found, Searched, searches
from core.pages.menus import address

__all__ = ["BEGINS", "EXACT", "WITHIN", "WORD", "Found", "Group", "Searched", "best", "give", "search", "searches"]

LEAST = 2  # letters
LONGEST = 100
MOST_TERMS = 6
RANKED = 200  # of a kind: a word that half the rows hold is answered by the latest of them


@dataclass(frozen=True)
class Group:
    """What was found of one kind, the best first; `is_cut` where there is more."""

    label: str
    found: Sequence[Found]
    is_cut: bool = False


def search(user: Any, words: str, *, most: int) -> list[Group]:
    """What the person may see of what they typed, the kind that answers best first; two queries a kind at most."""
    phrase = " ".join(folded(words[:LONGEST].replace("\0", " ")).split())  # PostgreSQL refuses it
    if len(phrase) < LEAST:
        return []
    groups = [_group(one.many, _rows(one, user, phrase, most + 1), most) for one in searches.for_user(user)]
    groups.insert(0, _group("Pages et gestes", _pages(user, phrase), most))  # once the apps have told their gestures
    return sorted((group for group in groups if group.found), key=lambda group: group.found[0].rank)


def give(*things: Searched | Gesture) -> None:
    """Register the models and the gestures that an app gives."""
    for thing in things:
        (searches if isinstance(thing, Searched) else registries.gestures).register(thing)  # type: ignore[arg-type]


def best(groups: Iterable[Group], most: int) -> list[Found]:
    """The best answers of all kinds together."""
    return sorted((one for group in groups for one in group.found), key=lambda one: one.rank)[:most]


def _group(label: str, found: Iterable[Found], most: int) -> Group:
    kept = list(found)
    return Group(label, kept[:most], is_cut=len(kept) > most)


def _rows(one: Searched, user: Any, phrase: str, most: int) -> Iterator[Found]:
    """Their words first, few columns of the latest that answer; then the best of them whole."""
    paths = (*one.codes, *one.words)
    terms = phrase.split()[:MOST_TERMS]
    held = one.rows.all().visible_to(user).filter(_each(terms, paths))  # type: ignore[attr-defined]
    texts = held.order_by(*one.order).values_list("pk", *paths)[:RANKED]
    ranks = {pk: _rank(phrase, told[len(one.codes) :], told[: len(one.codes)]) for pk, *told in texts}
    best_keys = sorted(ranks, key=ranks.__getitem__)[:most]
    rows = one.rows.in_bulk(best_keys)
    for key in best_keys:
        told = one.tell(rows[key])
        yield Found(told.title, told.url, told.detail, one.one, ranks[key])


def _each(terms: Sequence[str], paths: Sequence[str]) -> Q:
    """Every term in one of the paths, whichever."""
    return reduce(and_, (reduce(or_, (Q(**{f"{path}__folded__contains": term}) for path in paths)) for term in terms))


def _pages(user: Any, phrase: str) -> Iterator[Found]:
    """The pages of the menu and what is done there, in memory: « clore » finds « Clore un mois »."""
    told = [(item, item.group) for item in registries.gestures.for_user(user)]
    told += [(item, item.group) for item in registries.menu.for_user(user)]
    found = [(_rank(phrase, (item.label, item.words)), item, group) for item, group in told]
    for rank, item, group in sorted(found, key=lambda one: one[0]):
        is_told = rank < WITHIN or len(phrase) > LEAST
        if rank <= WITHIN and is_told and (url := address(item.url_name)):
            yield Found(item.label, url, group, "page", rank)


def _rank(phrase: str, words: Sequence[str | None], codes: Sequence[str | None] = ()) -> int:
    """How well the words, or the codes, answer: the lower the better; beyond `WITHIN` where they do not."""
    if phrase.replace(" ", "") in {folded(code or "") for code in codes}:
        return EXACT
    if folded(words[0] or "").startswith(phrase):
        return BEGINS
    text = folded(" ".join(word or "" for word in (*codes, *words)))
    return _rank_of_terms(phrase.split()[:MOST_TERMS], text)


def _rank_of_terms(terms: Sequence[str], text: str) -> int:
    if all(re.search(rf"\b{re.escape(term)}", text) for term in terms):
        return WORD
    return WITHIN if all(term in text for term in terms) else WITHIN + 1
