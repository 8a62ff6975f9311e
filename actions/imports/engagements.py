"""Modules and engagements of the referential that a plan follows, told from its section rows and its numbers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core.imports.words import plain
from referential.models import Engagement, Module, Referential

_CODE = r"[Ee]?(\d{1,3}(?:\.\d{1,2})?)"
_CODES = re.compile(
    rf"\s*(?:engagements?\s*)?(?:n\s*°\s*)?({_CODE}(?:\s*(?:,|;|/|&|\bet\b)\s*{_CODE})*)(?!\d)", re.IGNORECASE
)
_MODULE_NUMBER = re.compile(r"\bmodule (\d{1,2})\b")
LEAST_COMMON = 0.5  # share of the words of a title that must be found in the document


@dataclass(frozen=True)
class Found:
    """What the words of a row stand for; `doubt` says why a person should look at it."""

    module: Module | None = None
    engagements: tuple[Engagement, ...] = ()
    doubt: str = ""


@dataclass(frozen=True)
class Book:
    """The referentials in force on the day of a plan, with their modules and engagements."""

    modules: tuple[Module, ...]
    engagements: tuple[Engagement, ...]

    def referential_of(self, rows: Iterable[tuple[str, str]]) -> Referential | None:
        """The one in which most sections and engagements of a plan are found; the newest of two."""
        rows = set(rows)
        scores: dict[int, int] = {}
        for module in self.modules:
            scores.setdefault(module.referential_id, 0)
        for referential_id in scores:
            found = [self.find(section, words, referential_id) for section, words in rows]
            scores[referential_id] = sum(bool(one.module) + bool(one.engagements) * (not one.doubt) for one in found)
        names = {module.referential_id: module.referential for module in self.modules}
        best = max(scores, key=lambda pk: (scores[pk], names[pk].in_force_from or date.min, pk), default=None)
        return names[best] if best is not None and scores[best] else None

    def find(self, section: str, words: str, referential_id: int | None) -> Found:
        """The module of a section row, and the engagements of a cell, in one referential."""
        module = self._module(section, referential_id)
        if not words:
            return Found(module)
        inside = [one for one in self.engagements if one.module.referential_id == referential_id]
        own = [one for one in inside if module is None or one.module_id == module.pk]
        codes = codes_of(words)
        if not codes:
            return Found(module, tuple(one for one in own if one.title and plain(one.title) == plain(words))[:1])
        found = [next((one for one in own if one.code == code), None) for code in codes]
        engagements = tuple(one for one in found if one is not None)
        return Found(module, engagements, _doubt(words, engagements, codes))

    def _module(self, section: str, referential_id: int | None) -> Module | None:
        words = plain(section)
        own = [module for module in self.modules if module.referential_id == referential_id]
        titled = [module for module in own if module.title and plain(module.title) in words]
        if titled:
            return max(titled, key=lambda module: len(module.title))
        number = _MODULE_NUMBER.search(words)
        return next((module for module in own if number and module.code == number[1]), None)

    @cached_property
    def is_empty(self) -> bool:
        return not self.modules


def book_of(on: date) -> Book:
    """What was in force on a day, in two queries."""
    referentials = Referential.objects.filter(in_force_from__lte=on).exclude(in_force_until__lt=on)
    modules = Module.objects.filter(referential__in=referentials).select_related("referential")
    engagements = Engagement.objects.filter(module__referential__in=referentials).select_related("module__referential")
    return Book(tuple(modules.order_by("pk")), tuple(engagements.order_by("module", "position", "pk")))


def codes_of(words: str) -> list[str]:
    """« 14.3 - Une réponse… » gives 14.3; « E10 et E17 » gives both."""
    lead = _CODES.match(words)
    return re.findall(r"\d{1,3}(?:\.\d{1,2})?", lead[1]) if lead else []


def _doubt(words: str, engagements: tuple[Engagement, ...], codes: list[str]) -> str:
    """A single number whose title is another one: the row may be under the wrong section."""
    if len(codes) != 1 or len(engagements) != 1 or not engagements[0].title:
        return ""
    written = set(plain(words).split()) - {codes[0]}
    known = set(plain(engagements[0].title).split())
    if len(written) < 3 or len(written & known) >= LEAST_COMMON * min(len(written), len(known)):
        return ""
    return f"le numéro {codes[0]} est celui de « {engagements[0].title} »"
