"""A line of the file as a form: number, day, place, answers, and what is wrong with them, cell by cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from core.figures import format_number
from core.fuzzy_dates import parse
from core.imports.problems import ERROR, WARNING, Problem
from core.imports.words import plain
from core.spreadsheets.addresses import address_of
from surveys.enums import NOT_CONCERNED, Language
from surveys.imports.headings import (
    DATE,
    DURATION,
    LANGUAGE,
    NUMBER,
    PLACE,
    SCENARIO,
    TESTER,
    Column,
)
from surveys.imports.labels import Choices, Read, read_answer
from surveys.imports.table import Line, Table
from surveys.rules.answers import LONGEST_TEXT, Answer, Definition, Item, Reason, clean
from surveys.rules.answers import Problem as AnswerProblem
from surveys.rules.conditions import deduce

ANONYMOUS_DAY = date(1980, 1, 1)  # what LimeSurvey writes when it does not keep dates
LONGEST_SHOWN = 60
LONGEST = {NUMBER: 60, TESTER: 200}
_LANGUAGES = {"en": Language.ENGLISH, "english": Language.ENGLISH, "anglais": Language.ENGLISH}


@dataclass(frozen=True)
class LabelChoice:
    """A label that is not known: for which question, as written."""

    question: str
    text: str

    @property
    def key(self) -> str:
        return f"{self.question}|{plain(self.text) or self.text}"


@dataclass
class ReadForm:
    """What a line says."""

    line: Line
    number: str = ""
    day: date | None = None
    place: str = ""
    language: str = Language.FRENCH
    tester: str = ""
    duration: int | None = None
    scenario: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unknown_labels: list[LabelChoice] = field(default_factory=list)
    is_unfinished: bool = False

    @property
    def has_error(self) -> bool:
        return any(problem.level == ERROR for problem in self.problems)


@dataclass
class Reader:
    """Reads the lines of a table. `labels` maps the keys of unknown labels to the answer a person chose."""

    table: Table
    columns: Sequence[Column]
    definition: Definition
    choices: Mapping[str, Choices]
    labels: Mapping[str, str] = field(default_factory=dict)
    default_day: date | None = None
    is_reversed: bool = False
    first_code: str = ""  # the first cell read as a rank
    _cache: dict[tuple[str, str], Read] = field(default_factory=dict)

    def read(self) -> list[ReadForm]:
        return [self._form(line) for line in self.table.lines]

    @cached_property
    def items(self) -> dict[str, Item]:
        return {item.code: item for item in self.definition}

    @cached_property
    def lacks_day(self) -> bool:
        """Whether the file has no day, or only the one that LimeSurvey writes instead of none."""
        places = [index for index, column in enumerate(self.columns) if column.target == DATE]
        texts = {text for index in places for text in self.table.column(index) if text}
        return all(parse(text, events={}).earliest == ANONYMOUS_DAY for text in texts)

    def _form(self, line: Line) -> ReadForm:
        form = ReadForm(line)
        raw: dict[str, Answer] = {}
        for column, text in zip(self.columns, line.cells, strict=True):
            if column.target in self.items:
                self._answer(form, raw, column, text)
            elif column.target:
                self._special(form, column, text)
        if self.lacks_day:
            form.day, form.is_unfinished = self.default_day, False
        self._settle(form, raw)
        return form

    def _answer(self, form: ReadForm, raw: dict[str, Answer], column: Column, text: str) -> None:
        found = self._read(text, self.items[column.target])
        if found.is_unknown:
            form.unknown_labels.append(LabelChoice(column.target, text))
            message = f"« {shown(text)} » n’est pas une réponse connue à cette question : "
            self._complain(form, column, f"{message}dites ce qu’elle veut dire, ou corrigez le fichier.")
        elif found.answer is not None:
            raw[column.target] = found.answer
            if found.is_code and not self.first_code:
                self.first_code = self._address(form, column)

    def _read(self, text: str, item: Item) -> Read:
        """Free texts apart, a file has few different cells: each is understood once."""
        key = (item.code, text)
        if key in self._cache:
            return self._cache[key]
        chosen = self.labels.get(LabelChoice(item.code, text).key)
        if chosen is not None:
            found = Read(chosen or None)
        else:
            found = read_answer(text, item, choices=self.choices[item.code], is_reversed=self.is_reversed)
        if len(text) <= LONGEST_SHOWN:
            self._cache[key] = found
        return found

    def _special(self, form: ReadForm, column: Column, text: str) -> None:
        if column.target == DATE:
            self._day(form, column, text)
        elif column.target == DURATION:
            self._duration(form, column, text)
        elif column.target == LANGUAGE:
            form.language = _LANGUAGES.get(plain(text), Language.FRENCH)
        else:
            name = {NUMBER: "number", PLACE: "place", TESTER: "tester", SCENARIO: "scenario"}[column.target]
            setattr(form, name, text[: LONGEST.get(column.target, 200)])

    def _day(self, form: ReadForm, column: Column, text: str) -> None:
        found = parse(text, events={})
        if not text:
            form.is_unfinished = True
        elif found.earliest is None or found.earliest != found.latest:
            self._complain(form, column, f"« {shown(text)} » n’est pas une date : écrivez-la comme 08/08/2021.")
        else:
            form.day = found.earliest

    def _duration(self, form: ReadForm, column: Column, text: str) -> None:
        """Seconds, or minutes and seconds (« 2:30 »)."""
        parts = text.replace("min", ":").replace("s", "").replace(" ", "").rstrip(":").split(":") if text else []
        if not all(part.isdecimal() and len(part) < 6 for part in parts) or len(parts) > 3:
            self._complain(form, column, f"« {shown(text)} » n’est pas une durée en secondes.", level=WARNING)
        elif parts:
            form.duration = sum(int(part) * 60**rank for rank, part in enumerate(reversed(parts)))

    def _settle(self, form: ReadForm, raw: dict[str, Answer]) -> None:
        """The answers kept by the rules of intake; what was answered though not asked is told."""
        cleaned = clean(self.definition, deduce(self.definition, raw))
        form.answers = cleaned.answers
        for problem in cleaned.problems:
            self._complain(form, self._column_of(problem.question), _sentence(problem))
        for code in cleaned.dropped:
            if raw.get(code) in (None, NOT_CONCERNED):
                continue
            if column := self._column_of(code):
                message = f"« {self.items[code].label} » ne devait pas être posée ici : sa réponse ne compte pas."
                self._complain(form, column, message, level=WARNING)

    def _column_of(self, code: str) -> Column | None:
        return next((column for column in self.columns if column.target == code), None)

    def _complain(self, form: ReadForm, column: Column | None, message: str, *, level: str = ERROR) -> None:
        form.problems.append(Problem(level, self.table.sheet, self._address(form, column), message))

    def _address(self, form: ReadForm, column: Column | None) -> str:
        return address_of(form.line.number, column.heading.column if column else 1)


def shown(text: str) -> str:
    """A text of the file, short enough for a sentence."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= LONGEST_SHOWN else f"{one_line[:LONGEST_SHOWN]}…"


def _sentence(problem: AnswerProblem) -> str:
    if problem.reason == Reason.TOO_LONG:
        return f"Le texte est trop long : {format_number(LONGEST_TEXT)} caractères au plus."
    return problem.sentence()
