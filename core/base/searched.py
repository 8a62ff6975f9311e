"""What an app gives to the search: a model, how its rows are told; no page is loaded to declare it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from core.base.registries import Registry

EXACT, BEGINS, WORD, WITHIN = range(4)  # the code itself; its first word; the beginning of each word; anywhere


@dataclass(frozen=True)
class Found:
    """A line of the answer: what it is, where it leads, and what tells it from another of the same title."""

    title: str
    url: str
    detail: str = ""
    kind: str = ""
    rank: int = WITHIN

    def as_data(self) -> dict[str, str]:
        """For the script of the header."""
        return {"title": self.title, "url": self.url, "detail": self.detail, "kind": self.kind}


@dataclass(frozen=True)
class Searched:
    """A model given to search.

    one, many: « action », « Actions ». rows: those that may be found, with what `tell` reads; which of them the person
    sees is asked here. words: the paths compared, the one by which it begins first. codes: the paths of what, typed
    whole, comes first. order: the first among equals.
    """

    code: str
    one: str
    many: str
    rows: QuerySet
    words: Sequence[str]
    tell: Callable[[Any], Found]
    codes: Sequence[str] = ()
    order: Sequence[Any] = ("-pk",)
    permission: str = ""
    position: int = 100


searches: Registry[Searched] = Registry("searches")
