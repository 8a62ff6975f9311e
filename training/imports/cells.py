"""Readers of what tables of training hold: days or whole months, themes, the cell of a theme's column."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from core.importing.asks import Option
from core.importing.dates import DateOrder, Impossible, read_day
from core.importing.tables.readers import Entry, Said
from core.importing.tables.wanted import DATES, Content, Fit
from core.importing.vocabulary import key_of
from core.importing.words import plain
from training.models import TrainingTheme

NOT_TAKEN = Option("-", "ne pas reprendre")
_DAY_IN_WORDS = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{1,2}[/.-]\d{4}\b")
_NOT_CONCERNED = r"n ?c|non concernee?s?|n ?a|sans objet|s ?o|neant|pas concernee?|-|–|—|/"
_UNTRAINED = (
    r"a former.*|jamais.*|(?:non|pas)(?: encore)? formee?.*|"
    r"aucune?.*|a (?:faire|programmer|prevoir|planifier|inscrire).*"
)
_EXEMPT = r"dispense.*|exempt.*"
_AROUND = frozenset(
    [
        "date",
        "dates",
        "de",
        "du",
        "la",
        "le",
        "l",
        "derniere",
        "dernieres",
        "formation",
        "formations",
        "suivie",
        "suivi",
        "theme",
        "module",
    ]
)


class Told(StrEnum):
    """What the cell of a theme says of an agent."""

    TRAINED = "trained"
    UNTRAINED = "untrained"
    EXEMPT = "exempt"
    NOT_CONCERNED = "not_concerned"


TOLD_OPTIONS = (
    Option(Told.UNTRAINED, "concerné, à former"),
    Option(Told.EXEMPT, "dispensé"),
    Option(Told.NOT_CONCERNED, "non concerné"),
)
PATTERNS = {Told.NOT_CONCERNED: _NOT_CONCERNED, Told.UNTRAINED: _UNTRAINED, Told.EXEMPT: _EXEMPT}


@dataclass(frozen=True, slots=True)
class ThemeSaid:
    """What a cell says: trained on a day, to be trained, exempt (with its words), not concerned."""

    told: Told
    on: date | None = None
    words: str = ""

    def __str__(self) -> str:
        return f"{self.on:%d/%m/%Y}" if self.on else self.words


def day_in(entry: Entry) -> date | Impossible | None:
    """The day of a cell; a whole month (« 02/2022 », or a date shown as such) means its last day."""
    order = DateOrder(entry.setting(DATES) or DateOrder.DAY_MONTH)
    cell = entry.row.cell(entry.code)
    shown = cell.shown if cell is not None else None
    if isinstance(entry.value, date) and shown and read_day(shown, order=order) is None:
        month = read_day(shown, order=order, month_end=True)
        if isinstance(month, date):
            return month
    return read_day(entry.value, order=order, month_end=True)


@dataclass(frozen=True)
class DayOrMonth:
    """A day; a month alone is its last day. `never`: words that say that there is none."""

    never: bool = False
    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = (DATES,)

    def __call__(self, entry: Entry) -> Said:
        found = day_in(entry)
        if isinstance(found, Impossible):
            return entry.wrong(found.why)
        if found is None and self.never and re.fullmatch(f"{_UNTRAINED}|{_NOT_CONCERNED}|non", key_of(entry.text)):
            return Said()
        return Said(found) if found else entry.wrong(f"« {entry.text} » n’est pas une date.")


@dataclass(frozen=True)
class ThemeCell:
    """The cell of a theme's column: a day, « à former », « dispensé », « NC »; other words are asked about."""

    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = (DATES,)

    def __call__(self, entry: Entry) -> Said:
        words = " ".join(entry.text.split())
        known = self._known(key_of(words))
        if not known:
            found = day_in(entry)
            if found is None and len(dates := _DAY_IN_WORDS.findall(words)) == 1:
                found = read_day(dates[0], month_end=True)
            if isinstance(found, Impossible):
                return entry.wrong(found.why)
            if found is not None:
                return Said(ThemeSaid(Told.TRAINED, found, words))
        answer = entry.row and entry.words.read("situation", words, entry.place, TOLD_OPTIONS, known=known)
        return Said(ThemeSaid(Told(answer), None, words)) if answer else Said(is_asked=True)

    def _known(self, words: str) -> str:
        return next((told for told, pattern in PATTERNS.items() if re.fullmatch(pattern, words)), "")


class Themes:
    """The themes of a site by all that is said of them; a theme of the site itself before a common one."""

    def __init__(self, themes: Sequence[TrainingTheme]):
        self.themes = list(themes)
        self.by_pk = {str(theme.pk): theme for theme in self.themes}
        self._by_key: dict[str, TrainingTheme] = {}
        for theme in sorted(self.themes, key=lambda one: one.site_id is None):
            for name in theme.names:
                self._by_key.setdefault(theme_key(name), theme)

    def named(self, text: str) -> TrainingTheme | None:
        """The theme that words name for sure."""
        return self._by_key.get(theme_key(text))

    @property
    def options(self) -> list[Option]:
        return [*(Option(str(theme.pk), theme.name) for theme in self.themes), NOT_TAKEN]

    def read(self, entry: Entry, text: str) -> list[TrainingTheme] | None:
        """The themes of a text, one or several; None while one is asked about."""
        whole = self.named(text)
        if whole is not None:
            pieces: Mapping[str, TrainingTheme | None] = {text: whole}
        else:
            pieces = {piece: self.named(piece) for piece in filter(None, map(str.strip, re.split(r"[;,\n/+]", text)))}
        found = []
        for piece, theme in pieces.items():
            known = str(theme.pk) if theme else ""
            answer = entry.words.read(
                "theme", piece, entry.place, self.options, known=known, question=f"Quel est le thème « {piece[:80]} » ?"
            )
            if not answer:
                return None
            if answer != NOT_TAKEN.value:
                found.append(self.by_pk[answer])
        return found

    def heads(self, theme: TrainingTheme):
        """Judges whether a heading names a theme, whatever says « date de la dernière formation » around it."""

        def fit(heading: str) -> Fit:
            words = [word for word in theme_key(heading).split() if word not in _AROUND]
            return Fit.EXACT if self._by_key.get(" ".join(words)) == theme else Fit.NONE

        return fit


@dataclass(frozen=True)
class ThemesOf:
    """The themes that a cell names."""

    themes: Themes
    content: ClassVar[Content] = Content.TEXT
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        found = self.themes.read(entry, entry.text)
        return Said(is_asked=True) if found is None else Said(tuple(found) or None)


def theme_key(text: str) -> str:
    """The words of a theme, without the number of the département (« CERT 38 (fraude) »)."""
    return " ".join(word for word in plain(text).split() if not word.isdigit())
