"""Readers of cells of a tracking table: dates that may not have come, scope, themes, who wrote."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from complaints.enums import Topic
from complaints.imports import words
from core.importing.asks import Option
from core.importing.places import warning
from core.importing.tables.readers import AS_WORDS, Choice, Day, Entry, Lookup, Named, Said, Text
from core.importing.tables.wanted import Content
from core.importing.vocabulary import key_of

IN_OR_OUT = (Option(words.YES, "dans le champ"), Option(words.NO, "hors champ"))


@dataclass(frozen=True)
class DayIfAny(Day):
    """The day of something that may not have been done: « en cours » is no day, « oui » is a day that nobody knows."""

    def __call__(self, entry: Entry) -> Said:
        if not isinstance(entry.value, str):
            return super().__call__(entry)
        said = key_of(entry.text)
        if re.fullmatch(words.DONE, said):
            return Said(problem=warning(f"« {entry.text} » ne dit pas le jour : la date reste inconnue.", entry.place))
        if re.fullmatch(words.NOT_DONE, said) or not re.search(r"\w", entry.text):
            return Said()
        return super().__call__(entry)


@dataclass(frozen=True)
class Who(Text):
    """A name or a way to reach a person; « anonyme » is none."""

    content: ClassVar[Content] = Content.ANY

    def __call__(self, entry: Entry) -> Said:
        is_nobody = re.fullmatch(words.NOBODY, key_of(entry.text)) or not re.search(r"\w", entry.text)
        return Said() if is_nobody else super().__call__(entry)


@dataclass(frozen=True)
class Anything(Text):
    """Words or figures alike."""

    content: ClassVar[Content] = Content.ANY


@dataclass(frozen=True)
class Unused(Text):
    """What is computed again, or is nobody's business here."""

    content: ClassVar[Content] = Content.ANY

    def __call__(self, entry: Entry) -> Said:
        return Said()


@dataclass(frozen=True)
class InScope:
    """In scope or not, in the many ways in which services write it; `is_reversed` under « Hors champ »."""

    is_reversed: bool = False
    content: ClassVar[Content] = Content.WORDS
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        if isinstance(entry.value, bool):
            return Said(entry.value != self.is_reversed)
        said = Choice(IN_OR_OUT, words.OUT if self.is_reversed else words.SCOPE)(entry)
        return said if said.is_asked else Said(said.value == words.YES)


@dataclass(frozen=True)
class Theme(Lookup):
    """A theme of the list, or a word of the service, kept as it is written with a warning."""

    def __call__(self, entry: Entry) -> Said:
        options = [*(Option(str(value), str(label)) for value, label in Topic.choices), AS_WORDS]
        answer = entry.asked(options, known=theme_of(entry.text) or AS_WORDS.value)
        if answer != AS_WORDS.value:
            return Said(Named(answer, entry.text[:200]))
        said = f"Le thème « {entry.text} » n’est pas dans la liste : gardé en toutes lettres."
        return Said(Named("", entry.text[:200]), warning(said, entry.place))


def theme_of(text: str) -> str:
    """The theme of the list that some words name; empty when none does for sure."""
    key = key_of(text)
    labels = {key_of(label): str(value) for value, label in Topic.choices}
    return labels.get(key) or _one_of(words.THEMES, key)


def _one_of(patterns: Mapping[str, str], text: str) -> str:
    found = [str(value) for value, pattern in patterns.items() if re.fullmatch(pattern, text)]
    return found[0] if len(found) == 1 else ""
