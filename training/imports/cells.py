"""Readers of what tables of training hold: days or whole months, themes, the cell of a theme's column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from core.importing.asks import Option
from core.importing.dates import DateOrder, Impossible, read_day
from core.importing.periods.years import years_named
from core.importing.tables.readers import Entry, Said
from core.importing.tables.rows import row_cell
from core.importing.tables.wanted import DATES, Content, Fit
from core.importing.vocabulary import key_of
from core.importing.words import plain
from core.time.fuzzy_dates import parse
from training.models import TrainingTheme

NOT_TAKEN = Option("-", "ne pas reprendre")
_DAY = r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}[/.-]\d{4}"
_DAY_IN_WORDS = re.compile(rf"(?<!\d)(?:{_DAY})(?!\d)")
_FROM_TO = re.compile(rf"(?:du |le |les )?(?:{_DAY}) ?(?:au|et|à|-|–|&|;|,) ?(?:le )?({_DAY})", re.IGNORECASE)
_SPAN = re.compile(
    r"(?:du |les? )?\d{1,2}(?:er)?(?:[ /.-].*?)? ?(?:au|et|à|-|–) ?(?:le )?\d{1,2}(?:er)?[ /.-].*\d{2}", re.IGNORECASE
)
# Around a date, these say that it is the one of a training; « échéance », « prévue », « absent » do not.
_SAYING_TRAINED = """
a attestation certificat date de derniere distanciel du e effectue effectuee et fait faite forme formee formation
formations initiale jour la le les learning ok oui par presentiel realise realisee session stage suivi suivie valide
validee x
"""
_TRAINED = frozenset(_SAYING_TRAINED.split())
_NOT_CONCERNED = r"n ?c|non concernee?s?|n ?a|sans objet|s ?o|pas concernee?|-|–|—|/"
_UNTRAINED = (
    r"a former.*|jamais.*|(?:non|pas)(?: encore)? formee?.*|"
    r"aucune?.*|a (?:faire|programmer|prevoir|planifier|inscrire).*"
)
_NEVER = rf"{_UNTRAINED}|non|neant|sans objet|s ?o|-|–|—|/"  # where only a date is told
_EXEMPT = r"(?:dispense|exempt)(?!.*(?:jusqu|demand|refus|en cours)).*"
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
        "initiale",
        "recyclage",
        "renouvellement",
        "continue",
        "maintien",
        "rappel",
    ]
)
_PERIOD = re.compile(
    r"(?:en |fin |debut |mi )?\d{4}|(?:en )?(?:[ts] ?[1-4]|[1-4] ?[ts]|"
    r"(?:[1-4] ?(?:er|e|eme|nd)?|premier|deuxieme|second|troisieme|quatrieme) (?:trimestre|semestre|trim))"
    r"\.?(?: de)?(?: l annee)? ?(?:\d{4}|\d{2})"
)


class ThemeWord(StrEnum):
    """What the cell of a theme says of an agent."""

    TRAINED = "trained"
    UNTRAINED = "untrained"
    EXEMPT = "exempt"
    NOT_CONCERNED = "not_concerned"


TRAINED_THAT_DAY = Option(ThemeWord.TRAINED, "formé à cette date")
TOLD_OPTIONS = (
    Option(ThemeWord.UNTRAINED, "concerné, à former"),
    Option(ThemeWord.EXEMPT, "dispensé"),
    Option(ThemeWord.NOT_CONCERNED, "non concerné"),
)
_FIRST = (ThemeWord.EXEMPT, ThemeWord.TRAINED, ThemeWord.UNTRAINED, ThemeWord.NOT_CONCERNED)
PATTERNS = {ThemeWord.NOT_CONCERNED: _NOT_CONCERNED, ThemeWord.UNTRAINED: _UNTRAINED, ThemeWord.EXEMPT: _EXEMPT}


@dataclass(frozen=True, slots=True)
class ThemeSaid:
    """What a cell says: trained on a day, to be trained, exempt (with its words), not concerned."""

    told: ThemeWord
    on: date | None = None
    words: str = ""
    earlier: tuple[date, ...] = ()  # of other columns of the theme: « Initiale », « Recyclage »

    @property
    def days(self) -> tuple[date, ...]:
        """The days of trainings, the last one included."""
        return (*self.earlier, self.on) if self.on else self.earlier

    def __str__(self) -> str:
        return self.on.isoformat() if self.on else self.words


def day_in(entry: Entry) -> date | Impossible | None:
    """The day of a cell; a whole month (« 02/2022 », or a date shown as such) means its last day."""
    order = DateOrder(entry.setting(DATES) or DateOrder.DAY_MONTH)
    year = _year_of(entry)
    cell = entry.row.cell(entry.code)
    shown = cell.shown if cell is not None else None
    if isinstance(entry.value, int | float) and not isinstance(entry.value, bool):
        return read_day(entry.text, order=order)  # a day whose format was lost, told as such
    if isinstance(entry.value, date) and shown and read_day(shown, order=order) is None:
        month = read_day(shown, order=order, month_end=True)
        if isinstance(month, date):
            return month
    return read_day(entry.value, order=order, month_end=True, year=year)


def _year_of(entry: Entry) -> int | None:
    """The year of « 12/03 » in a column headed « Accueil physique 2021 »."""
    columns = entry.row.by_role.get(entry.code, ())
    headings = [one.heading for one in entry.row.table.columns if one.number in columns]
    years = years_named(headings[0]) if len(headings) == 1 else []
    return years[0] if len(years) == 1 else None


def day_within(words: str) -> date | Impossible | None:
    """The last day that a text writes: « CDD du 01/01/2022 au 30/06/2023 »."""
    told = _DAY_IN_WORDS.findall(words)
    return read_day(told[-1], month_end=True) if told else None


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
        if found is None and self.never and re.fullmatch(f"{_NEVER}|{_NOT_CONCERNED}", key_of(entry.text)):
            return Said()
        return Said(found) if found else entry.wrong(f"« {entry.text} » n’est pas une date.")


def span_in(text: str) -> tuple[date, date] | None:
    """The two days of « du 12 au 13 mai 2022 », « 12-13/05/2022 »."""
    words = " ".join(text.split())
    found = parse(words) if _SPAN.fullmatch(words) else None
    return (found.earliest, found.latest) if found and found.earliest and found.latest else None


@dataclass(frozen=True)
class FirstDay(DayOrMonth):
    """A day, or the first of two (`span_in` tells the last)."""

    def __call__(self, entry: Entry) -> Said:
        span = span_in(entry.text) if day_in(entry) is None else None
        return Said(span[0]) if span else super().__call__(entry)


@dataclass(frozen=True)
class ThemeCell:
    """The cell of a theme's column: a day, « à former », « dispensé », « NC »; other words are asked about.

    `is_day`: the column of the last training, where « néant » is untrained, and words without a date are refused.
    """

    is_day: bool = False
    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = (DATES,)

    def __call__(self, entry: Entry) -> Said:
        columns = entry.row.by_role.get(entry.code, ())
        if len(columns) < 2 or len(entry.row.cells(entry.code)) < 2:
            return self._one(entry)
        rows = [row_cell(entry.row, entry.code, column, apart=()) for column in columns]
        return _together([self._one(replace(entry, row=row)) for row in rows if row.cell(entry.code) is not None])

    def _one(self, entry: Entry) -> Said:
        words = " ".join(entry.text.split())
        known = self._known(key_of(words))
        day, is_sure = (None, False) if known else _day_told(entry, words)
        if isinstance(day, Impossible):
            return entry.wrong(day.why)
        if day is not None and is_sure:
            return Said(ThemeSaid(ThemeWord.TRAINED, day, words))
        if day is None and not known and (why := self._refused(words)):
            return entry.wrong(why)
        options = (TRAINED_THAT_DAY, *TOLD_OPTIONS) if day else TOLD_OPTIONS
        answer = entry.words.read("situation", words, entry.place, options, known=known)
        if not answer:
            return Said(is_asked=True)
        return Said(ThemeSaid(ThemeWord(answer), day if answer == ThemeWord.TRAINED else None, words))

    def _known(self, words: str) -> str:
        if self.is_day and re.fullmatch(_NEVER, words):
            return ThemeWord.UNTRAINED
        return next((told for told, pattern in PATTERNS.items() if re.fullmatch(pattern, words)), "")

    def _refused(self, words: str) -> str:
        """Why words without a date are none of those of the column."""
        if _PERIOD.fullmatch(plain(words)):
            return f"« {words} » : écrivez le jour de la formation, ou son mois (« 02/2022 »)."
        return f"« {words} » n’est pas une date." if self.is_day else ""


def _together(said: Sequence[Said]) -> Said:
    """What several columns of one theme say: exempt if one says so, else the last training, else to be trained."""
    refused = next((one for one in said if one.problem or one.is_asked), None)
    if refused is not None:
        return refused
    told: list[ThemeSaid] = [one.value for one in said]
    best = min(told, key=lambda one: (_FIRST.index(one.told), -(one.on or date.min).toordinal()))
    days = sorted({one.on for one in told if one.on} - {best.on})
    return Said(replace(best, earlier=tuple(days)))


def _day_told(entry: Entry, words: str) -> tuple[date | Impossible | None, bool]:
    """The day of a cell, or the last of « 15/03/2021 et 16/03/2021 », or the only one of a sentence; whether it is
    surely the day of a training."""
    found = day_in(entry)
    if found is not None:
        return found, True
    days = _FROM_TO.fullmatch(words)
    told = [days[1]] if days else _DAY_IN_WORDS.findall(words)
    if len(told) != 1:
        return None, False
    order = DateOrder(entry.setting(DATES) or DateOrder.DAY_MONTH)
    around = set(plain(_DAY_IN_WORDS.sub(" ", words)).split())
    return read_day(told[0], order=order, month_end=True), bool(days) or around <= _TRAINED


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
            pieces = {piece: self.named(piece) for piece in self._pieces(text)}
        found: dict[str, TrainingTheme] = {}
        for piece, theme in pieces.items():
            known = str(theme.pk) if theme else ""
            answer = entry.words.read(
                "theme", piece, entry.place, self.options, known=known, question=f"Quel est le thème « {piece[:80]} » ?"
            )
            if not answer:
                return None
            if answer != NOT_TAKEN.value:
                found[answer] = self.by_pk[answer]
        return list(found.values())

    def _pieces(self, text: str) -> Iterator[str]:
        """What a text names one by one; « et » and « / » part only themes that are all known."""
        for piece in filter(None, map(str.strip, re.split(r"[;,\n+&]", text))):
            parts = [part for part in map(str.strip, re.split(r"/|\bet\b", piece)) if part]
            yield from parts if self.named(piece) is None and all(map(self.named, parts)) else [piece]

    def all_named(self, text: str) -> "NamedThemes | None":
        """The themes of a title, when every piece of it surely names one."""
        pieces = [text] if self.named(text) else list(self._pieces(text))
        found = [theme for piece in pieces if (theme := self.named(piece))]
        return NamedThemes(found) if found and len(found) == len(pieces) else None

    def role(self, theme: TrainingTheme) -> str:
        """The code of a theme's own column."""
        return f"theme-{theme.code}" + (f"-{theme.site_id}" if theme.site_id else "")

    def heads(self, theme: TrainingTheme):
        """Judges whether a heading names a theme, whatever says « date de la dernière formation » around it."""

        def fit(heading: str) -> Fit:
            words = [word for word in theme_key(heading).split() if word not in _AROUND]
            return Fit.EXACT if self._by_key.get(" ".join(words)) == theme else Fit.NONE

        return fit


class NamedThemes(tuple[TrainingTheme, ...]):
    """Some themes, told by their names."""

    __slots__ = ()

    def __str__(self) -> str:
        return ", ".join(theme.name for theme in self)


@dataclass(frozen=True)
class ThemesOf:
    """The themes that a cell names."""

    themes: Themes
    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        found = self.themes.read(entry, entry.text)
        return Said(is_asked=True) if found is None else Said(NamedThemes(found) or None)


def theme_key(text: str) -> str:
    """The words of a theme, without the number of the département (« CERT 38 (fraude) »)."""
    return " ".join(word for word in plain(text).split() if not word.isdigit())
