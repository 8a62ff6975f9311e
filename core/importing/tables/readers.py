"""Readers of the cells of a table: texts, days, fuzzy dates, numbers, yes or no, choices, names looked up, e-mails.

Each accounts for the whole cell: a value, a problem at its cell, or a question through the table of words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Protocol

from django.db.models import TextChoices

from core.importing.asks import Option
from core.importing.dates import DateOrder, Impossible, lacks_year, read_day
from core.importing.numbers import Number, Unit, Writing, read_number, spelt, to_days
from core.importing.places import Problem, ReadPlace, error, warning
from core.importing.tables.rows import SourceRow
from core.importing.tables.wanted import DATES, NUMBERS, YEAR, Content
from core.importing.vocabulary import Words, key_of
from core.importing.words import plain
from core.time.fuzzy_dates import FuzzyDate, parse

AS_WORDS = Option("-", "garder les mots")
UNDERSTOOD = "read"
YES, NO = "yes", "no"
_YES = r"oui|o|x|v|vrai|true|yes|y|ok|fait|1"
_NO = r"non|n|faux|false|no|0"
_NOTHING = re.compile(r"[-–—_/.…\s]+")
_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says: a value, what is wrong with it, or that it waits for an answer."""

    value: Any = None
    problem: Problem | None = None
    is_asked: bool = False


@dataclass(frozen=True)
class Entry:
    """The cells of a role on a line, filled, with the words of the file and the options of the site."""

    row: SourceRow
    code: str
    label: str
    words: Words
    options: Sequence[Option] = ()

    @property
    def text(self) -> str:
        return self.row.text(self.code)

    @property
    def place(self) -> ReadPlace:
        return self.row.place(self.code)

    @property
    def value(self) -> Any:
        """The value of the cell when it is alone, its text otherwise."""
        cells = self.row.cells(self.code)
        return cells[0].value if len(cells) == 1 else self.text

    def setting(self, name: str) -> str:
        """How the column writes its dates or numbers; empty when nothing depends on it."""
        columns = self.row.table.of_role(self.code)
        return next((found for column in columns if (found := column.setting(name))), "")

    def asked(self, options: Sequence[Option], *, known: str = "", proposed: str = "", question: str = "") -> str:
        """What the words of the cell become, through the table of words; empty while nobody has said."""
        return self.words.read(
            self.code, self.text, self.place, options, known=known, proposed=proposed, question=question
        )

    def wrong(self, why: str) -> Said:
        return Said(problem=error(why, self.place))


class Reader(Protocol):
    """Reads a filled entry. `content` is what its columns hold, `writes` what their writing is settled for."""

    content: ClassVar[Content]
    writes: ClassVar[tuple[str, ...]]

    def __call__(self, entry: Entry) -> Said: ...


@dataclass(frozen=True)
class Text:
    """Words, `most` characters at most."""

    most: int = 2_000
    content: ClassVar[Content] = Content.TEXT
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        if len(entry.text) > self.most:
            return entry.wrong(f"Ce texte fait {len(entry.text)} caractères : {self.most} au plus.")
        return Said(entry.text)


@dataclass(frozen=True)
class Day:
    """A day of the calendar; what is none is an error at its cell. The year that a cell leaves out is settled."""

    month_end: bool = False  # « mars 2024 » is its last day
    content: ClassVar[Content] = Content.DAYS
    writes: ClassVar[tuple[str, ...]] = (DATES,)

    def __call__(self, entry: Entry) -> Said:
        order = DateOrder(entry.setting(DATES) or DateOrder.DAY_MONTH)
        year = entry.setting(YEAR)
        if not year and lacks_year(entry.value, order=order, month_end=self.month_end):
            return Said(is_asked=True)
        found = read_day(entry.value, order=order, year=int(year) if year else None, month_end=self.month_end)
        if isinstance(found, Impossible):
            return entry.wrong(found.why)
        return Said(found) if found else entry.wrong(f"« {entry.text} » n’est pas une date.")


@dataclass(frozen=True)
class FuzzyDay:
    """A deadline in words: `FuzzyDate`. What is not understood stays as words, with a warning."""

    written_on: date | None = None
    content: ClassVar[Content] = Content.ANY
    writes: ClassVar[tuple[str, ...]] = (DATES,)

    def __call__(self, entry: Entry) -> Said:
        day = None
        if not isinstance(entry.value, str) or entry.setting(DATES) == DateOrder.MONTH_DAY:
            day = read_day(entry.value, order=DateOrder(entry.setting(DATES) or DateOrder.DAY_MONTH))
        words = f"{day:%d/%m/%Y}" if isinstance(day, date) else entry.text
        found = parse(words, written_on=self.written_on)
        if found.problem:
            return entry.wrong(found.problem)
        if not found.is_known:
            return Said(
                found, warning(f"« {entry.text} » n’est pas compris : les mots sont gardés sans date.", entry.place)
            )
        return self._asked(entry, found) if found.doubt else Said(found)

    def _asked(self, entry: Entry, found: FuzzyDate) -> Said:
        days = " au ".join(f"{day:%d/%m/%Y}" for day in (found.earliest, found.latest) if day)
        options = (Option(UNDERSTOOD, f"{found.text} ({days})"), AS_WORDS)
        answer = entry.asked(options, proposed=UNDERSTOOD, question=found.doubt)
        if not answer:
            return Said(is_asked=True)
        return Said(found if answer == UNDERSTOOD else FuzzyDate.stored(found.text, None, None))


@dataclass(frozen=True)
class NumberOf:
    """A number in one unit (`Unit.NONE`: a bare number, `Unit.DAYS`: days), as a Decimal."""

    unit: Unit = Unit.NONE
    content: ClassVar[Content] = Content.NUMBERS
    writes: ClassVar[tuple[str, ...]] = (NUMBERS,)

    def __call__(self, entry: Entry) -> Said:
        if typed := _typed(entry):
            return typed
        writing = entry.setting(NUMBERS)
        number = read_number(entry.text, writing=Writing(writing) if writing else None)
        if number is None or number.bound:
            return entry.wrong(f"« {entry.text} » n’est pas un nombre.")
        if number.doubt:
            return self._asked(entry, number)
        value = self._in_unit(number)
        if value is None:
            return entry.wrong(f"« {entry.text} » : ce n’est pas l’unité attendue.")
        rest = warning(f"« {number.rest} » n’est pas repris.", entry.place) if number.rest else None
        return Said(value, rest)

    def _in_unit(self, number: Number) -> Decimal | None:
        if self.unit == Unit.DAYS and number.unit != Unit.NONE:
            return to_days(number)
        return number.value if number.unit in (Unit.NONE, self.unit) else None

    def _asked(self, entry: Entry, number: Number) -> Said:
        values = [number.value, *([number.other] if number.other is not None else [])]
        options = [Option(str(value), spelt(value)) for value in values]
        answer = entry.asked(options, proposed=str(number.value), question=number.doubt)
        return Said(Decimal(answer)) if answer else Said(is_asked=True)


@dataclass(frozen=True)
class Choice:
    """One of a few values; `words` gives the expressions (on plain words) that also mean one; « - » says none."""

    options: Sequence[Option]
    words: Mapping[str, str] = field(default_factory=dict)
    content: ClassVar[Content] = Content.WORDS
    writes: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def of(cls, choices: type[TextChoices], words: Mapping[str, str] | None = None) -> "Choice":
        """The choices of an enumeration."""
        return cls([Option(str(value), str(label)) for value, label in choices.choices], words or {})

    def __call__(self, entry: Entry) -> Said:
        known = self.known(key_of(entry.text))
        if not known and says_nothing(entry.text):
            return Said()
        answer = entry.asked(self.options, known=known)
        return Said(answer) if answer else Said(is_asked=True)

    def known(self, words: str) -> str:
        """The one value that words mean; empty for none, or for several."""
        own = {key_of(name): option.value for option in self.options for name in (option.value, option.label)}
        found = {own[words]} if words in own else set()
        found |= {value for value, pattern in self.words.items() if re.fullmatch(pattern, words)}
        return found.pop() if len(found) == 1 else ""


@dataclass(frozen=True)
class YesNo:
    """Yes or no, in letters, ticks or figures."""

    content: ClassVar[Content] = Content.WORDS
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        if isinstance(entry.value, bool):
            return Said(entry.value)
        said = Choice((Option(YES, "oui"), Option(NO, "non")), {YES: _YES, NO: _NO})(entry)
        return Said(said.value == YES) if said.value else said


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the file: the value it was found as, empty when it stays words."""

    value: str
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Lookup:
    """A name among the options of the site (`TableImport.options`); an unknown one stays as words, with a warning."""

    content: ClassVar[Content] = Content.TEXT
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        if says_nothing(entry.text):
            return Said()
        names: dict[str, set[str]] = {}
        for option in entry.options:
            names.setdefault(plain(option.label), set()).add(option.value)
        found = names.get(plain(entry.text), set())
        known = next(iter(found), AS_WORDS.value) if len(found) < 2 else ""
        answer = entry.asked([*entry.options, AS_WORDS], known=known)
        if not answer:
            return Said(is_asked=True)
        if answer != AS_WORDS.value:
            return Said(Named(answer, entry.text))
        said = f"« {entry.text} » n’est pas connu sur ce site : gardé en toutes lettres."
        return Said(Named("", entry.text), warning(said, entry.place))


@dataclass(frozen=True)
class Email:
    """An address of e-mail."""

    content: ClassVar[Content] = Content.EMAILS
    writes: ClassVar[tuple[str, ...]] = ()

    def __call__(self, entry: Entry) -> Said:
        text = entry.text.removeprefix("mailto:").strip()
        is_one = bool(_EMAIL.fullmatch(text))
        return Said(text.lower()) if is_one else entry.wrong(f"« {entry.text} » n’est pas une adresse électronique.")


def says_nothing(text: str) -> bool:
    """Whether a cell holds a mark drawn where there is nothing to say: « - », « / », « … »; « ? » is a doubt."""
    return _NOTHING.fullmatch(text) is not None


def _typed(entry: Entry) -> Said | None:
    """What a cell typed as a number says; None for any other."""
    cell = entry.row.cell(entry.code)
    if not isinstance(entry.value, int | float) or isinstance(entry.value, bool) or cell is None:
        return None
    if cell.is_percent:
        return entry.wrong("Un nombre est attendu, pas un pourcentage.")
    return Said(Decimal(repr(entry.value)))
