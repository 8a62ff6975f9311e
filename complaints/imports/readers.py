"""Readers of cells of a tracking table: dates that may not have come, scope, themes, who wrote."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from complaints.enums import Origin, OutOfScope, Topic
from complaints.imports import words
from core.importing.asks import Option
from core.importing.dates import DateOrder, read_day
from core.importing.places import warning
from core.importing.tables.readers import AS_WORDS, Choice, Day, Entry, Lookup, Named, Said, Text, says_nothing
from core.importing.tables.wanted import DATES, Content
from core.importing.vocabulary import key_of
from core.importing.words import plain

_WAY = re.compile(
    r"\s*[(,;-]?\s*(?:par|via|au)?\s*(?:courriers?|lettres?|courriels?|e-?mails?|mails?|mél|téléphone|tél\.?|sms|oral)\s*\)?\s*$",
    re.IGNORECASE,
)
IN_OR_OUT = (Option(words.YES, "dans le champ"), Option(words.NO, "hors champ"))
REASONS = tuple(Option(str(value), f"hors champ : {label.lower()}") for value, label in OutOfScope.choices)


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
        found = super().__call__(entry)
        return self._by_a_way(entry, found) if found.problem else found

    def _by_a_way(self, entry: Entry, found: Said) -> Said:
        """« 10/03/2025 par courriel » : the day, since the rest only says how it left."""
        bare = _WAY.sub("", entry.text)
        day = bare != entry.text and read_day(bare, order=DateOrder(entry.setting(DATES) or DateOrder.DAY_MONTH))
        return Said(day) if isinstance(day, date) else found


@dataclass(frozen=True)
class Who(Text):
    """A name or a way to reach a person; « anonyme » is none."""

    content: ClassVar[Content] = Content.ANY

    def __call__(self, entry: Entry) -> Said:
        is_nobody = re.fullmatch(words.NOBODY, key_of(entry.text)) or not re.search(r"\w", entry.text)
        return Said() if is_nobody else super().__call__(entry)


@dataclass(frozen=True)
class Address(Who):
    """An address of e-mail; crosses under « Courriel » say the channel, and are asked about."""

    content: ClassVar[Content] = Content.EMAILS


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
    """In scope or not, in the many ways in which services write it."""

    content: ClassVar[Content] = Content.WORDS
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        if isinstance(entry.value, bool):
            return Said(entry.value)
        said = Choice(IN_OR_OUT, words.SCOPE)(entry)
        return Said(said.value == words.YES) if said.value else said


@dataclass(frozen=True)
class Out:
    """Under « Hors champ » : yes or no, or the reason why, which is one of the list (`OutOfScope`)."""

    content: ClassVar[Content] = Content.TEXT
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        if isinstance(entry.value, bool):
            return Said(words.NO if entry.value else words.YES)
        return Choice((*IN_OR_OUT, *REASONS), words.OUT)(entry)


@dataclass(frozen=True)
class OriginOf:
    """Who speaks: a local authority; anybody else is a user."""

    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        is_authority = re.fullmatch(words.LOCAL_AUTHORITY, key_of(entry.text))
        return Said(Origin.LOCAL_AUTHORITY if is_authority else Origin.USER)


@dataclass(frozen=True)
class Recipient(Lookup):
    """The service that a case was sent to; « non » is none, « oui » is one that nobody knows."""

    def __call__(self, entry: Entry) -> Said:
        said = key_of(entry.text)
        if re.fullmatch(rf"{words.NOT_DONE}|non transmise?s?", said):
            return Said()
        return Said(Named("", "")) if re.fullmatch(words.DONE, said) else super().__call__(entry)


@dataclass(frozen=True)
class SiteOf(Lookup):
    """A site of the préfecture, whose lines are for its own register; other words say a place, which is not taken."""

    def __call__(self, entry: Entry) -> Said:
        name = plain(entry.text)
        found = {option.value for option in entry.options if plain(option.label) == name}
        if len(found) == 1:
            return Said(Named(found.pop(), entry.text))
        said = f"« {entry.text} » n’est pas un site connu : la ligne est prise pour le site de l’import."
        return Said(problem=None if says_nothing(entry.text) else warning(said, entry.place))


@dataclass(frozen=True)
class Theme(Lookup):
    """A theme of the list, or a word of the service, kept as it is written with a warning."""

    def __call__(self, entry: Entry) -> Said:
        if says_nothing(entry.text):
            return Said()
        options = [*(Option(str(value), str(label)) for value, label in Topic.choices), AS_WORDS]
        answer = entry.asked(options, known=theme_of(entry.text) or AS_WORDS.value)
        if answer != AS_WORDS.value:
            return Said(Named(answer, entry.text[:200]))
        said = f"Le thème « {entry.text} » n’est pas dans la liste : gardé en toutes lettres."
        return Said(Named("", entry.text[:200]), warning(said, entry.place))


def theme_of(text: str) -> str:
    """The theme of the list that some words name; empty when none does for sure."""
    key = key_of(text)
    labels = {key_of(name): str(value) for value, label in Topic.choices for name in (label, value)}
    return labels.get(key) or _one_of(words.THEMES, key)


def _one_of(patterns: Mapping[str, str], text: str) -> str:
    found = [str(value) for value, pattern in patterns.items() if re.fullmatch(pattern, text)]
    return found[0] if len(found) == 1 else ""
