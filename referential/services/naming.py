"""Modules, engagements and themes that the words of a document name, by their numbers and their titles."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.importing.words import plain
from referential.enums import Theme
from referential.models import Engagement, Module, Referential

_CODE = r"[Ee]?(\d{1,3}(?:\.\d{1,2})?)"
_CODES = re.compile(
    rf"\s*(?:(?:engagements?|eng\.?)\s*)?(?:n\s*°\s*)?({_CODE}(?:\s*(?:,|;|/|&|\bet\b)\s*{_CODE})*)(?!\d)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b[Ee]?(\d{1,3}\.)?(\d{1,3})\s*à\s*[Ee]?(\d{1,3}\.)?(\d{1,3})(?![\d.])")
_MODULE_NUMBER = re.compile(r"\bmodule (\d{1,2})\b")
LEAST_COMMON = 0.5  # share of the words of a title that must be found in the document


@dataclass(frozen=True)
class Located:
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
        rows, scores = set(rows), Counter[int]()
        names = {module.referential_id: module.referential for module in self.modules}
        for pk in names:
            found = [self.find(section, words, pk) for section, words in rows]
            scores[pk] = sum(bool(one.module) + (bool(one.engagements) and not one.doubt) for one in found)
        best = max(names, key=lambda pk: (scores[pk], names[pk].in_force_from or date.min, pk), default=None)
        return names[best] if best is not None and scores[best] else None

    def find(self, section: str, words: str, referential_id: int | None) -> Located:
        """The module of a section row, and the engagements of a cell, in one referential."""
        module = self._module(section, referential_id)
        inside = (one for one in self.engagements if one.module.referential_id == referential_id)
        own = [one for one in inside if module is None or one.module_id == module.pk] if words else []
        codes = codes_of(words)
        if not codes:
            return Located(module, tuple(one for one in own if one.title and plain(one.title) == plain(words))[:1])
        by_code = {one.code: one for one in reversed(own)}
        engagements = tuple(by_code[code] for code in codes if code in by_code)
        return Located(module, engagements, _doubt(words, engagements, codes))

    def _module(self, section: str, referential_id: int | None) -> Module | None:
        words = plain(section)
        own = [module for module in self.modules if module.referential_id == referential_id] if words else []
        titled = [module for module in own if module.title and plain(module.title) in words]
        number = _MODULE_NUMBER.search(words)
        named = next((module for module in own if number and module.code == number[1]), None)
        return max(titled, key=lambda module: len(module.title), default=named)


def book_of(on: date) -> Book:
    """What was in force on a day, in two queries."""
    referentials = Referential.objects.filter(in_force_from__lte=on).exclude(in_force_until__lt=on)
    modules = Module.objects.filter(referential__in=referentials).select_related("referential")
    engagements = Engagement.objects.filter(module__referential__in=referentials).select_related("module__referential")
    return Book(tuple(modules.order_by("pk")), tuple(engagements.order_by("module", "position", "pk")))


def codes_of(words: str) -> list[str]:
    """« 14.3 - Une réponse… » gives 14.3; « E10 et E17 » gives both, « 1 à 3 » the three."""
    lead = _CODES.match(_RANGE.sub(_spread, words))
    return re.findall(r"\d{1,3}(?:\.\d{1,2})?", lead[1]) if lead else []


def _spread(found: re.Match[str]) -> str:
    """The codes from one to another, both included; the words as they are where they are no such span."""
    head, first, same_head, last = found.groups()
    if head != same_head or not int(first) < int(last):
        return found[0]
    return ", ".join(f"{head or ''}{number}" for number in range(int(first), int(last) + 1))


def _doubt(words: str, engagements: tuple[Engagement, ...], codes: list[str]) -> str:
    """A single number whose title is another one: the row may be under the wrong section."""
    if len(codes) != 1 or len(engagements) != 1 or not engagements[0].title:
        return ""
    written = set(plain(words).split()) - {codes[0]}
    known = set(plain(engagements[0].title).split())
    if len(written) < 3 or len(written & known) >= LEAST_COMMON * min(len(written), len(known)):
        return ""
    return f"le numéro {codes[0]} est celui de « {engagements[0].title} »"


# In this order: the first sign found wins, from the most telling to the most general.
_THEMES = (
    (Theme.TRAINING, r"\b(tutorat|tuteurs?|formations?|former|formes)\b"),
    (Theme.COMPLAINTS, r"\breclamations?|\bplaintes?\b"),
    (Theme.LOCAL_AUTHORITIES, r"\bcollectivites\b|\belus?\b|controle de legalite|controle budgetaire|\blettres? d obs"),
    (Theme.PERMITS, r"\btitres? (etrangers?|de sejour)|passeports?|\bcni\b|\bsejours?\b|immatriculation|gages?\b"),
    (Theme.INTERNET, r"\binternet\b|reseaux? socia|\ben ligne\b|\bfaq\b|\bsite web\b|charte de mod"),
    (Theme.MAIL, r"\bcourriers?\b|\bcourriels?\b|\bmails?\b|\baccuses? de reception"),
    (Theme.RECEPTION, r"\baccueil|telephon|\bappels?\b|signaletique|\bguichets?\b|\bhoraires\b|serveur vocal|affich"),
    (Theme.STEERING, r"\bclu\b|\bcopil\b|enquete|\bbilan\b|mystere|\bpilotage\b|labelli|\bqualite\b|\bmsap\b"),
)


def theme_of(text: str, *more: str) -> Theme:
    """The theme of the words themselves, else of those around them (engagement, section)."""
    for words in map(plain, (text, *more)):
        found = next((theme for theme, sign in _THEMES if re.search(sign, words)), None)
        if found:
            return found
    return Theme.OTHER
