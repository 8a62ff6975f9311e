"""A line of the file as a form: number, day, place, answers; what is asked about it, what is wrong at each cell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import zip_longest

from core.base.figures import format_number
from core.importing.asks import Ask, Given, Option
from core.importing.dates import DateOrder, Impossible, read_day
from core.importing.places import PlaceLevel, Problem, ReadPlace, error, warning
from core.importing.tables import SourceRow
from core.importing.vocabulary import Words
from core.importing.words import plain
from core.sheets.reading.tagged import Value
from surveys.enums import CRITERION_KINDS, NOT_CONCERNED, Language, QuestionKind
from surveys.imports.blocks import NOT_SAID, Block, CriterionColumn, blocks_of
from surveys.imports.columns import BLANK, CROSS, DATE, DURATION, LANGUAGE, TICKED, answers_of, choices_of
from surveys.imports.scales import NO_ANSWER, NOTHING, is_unsaid
from surveys.imports.words import decoded, hour_of, shown, text_of
from surveys.models import Question
from surveys.rules.answers import LONGEST_TEXT, Answer, AnswerProblem, AskedItem, Definition, Reason, clean

ANONYMOUS_DAY = date(1980, 1, 1)  # what LimeSurvey writes when it does not keep dates
MASKED = frozenset({"(effectif trop petit)", "(masqué)"})  # of our own list: not told, so not read
LONGEST = {"number": 60, "tester": 200, "place": 200, "scenario": 200, "channel": 30}
YES, NO = "yes", "no"
_LANGUAGES = {
    "en": Language.ENGLISH,
    "english": Language.ENGLISH,
    "anglais": Language.ENGLISH,
    "fr easy": Language.EASY_FRENCH,
}
_AT = re.compile(r"\s+(?:[-–à]|at)\s+(?=\d{1,2}[:h])")  # Framaforms: « 13/11/2026 - 10:00 »
_NEUTRAL = re.compile(r"^'(?=[-=+@|%])")  # what a CSV of ours writes before what a spreadsheet would run
_SEPARATORS = re.compile(r"\s*[;|\n]\s*|\s*,\s+")
_TICKS = (Option(YES, "Coché"), Option(NO, "Non coché"))


@dataclass
class ReadForm:
    """What a line says. `asked`: the questions whose answer waits; `masked`: those that our own list does not tell."""

    row: SourceRow
    number: str = ""
    day: date | None = None
    hour: str = ""
    place: str = ""
    language: str = Language.FRENCH
    channel: str = ""
    tester: str = ""
    duration: int | None = None
    scenario: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    masked: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    is_unfinished: bool = False

    @property
    def has_error(self) -> bool:
        return any(problem.level == PlaceLevel.ERROR for problem in self.problems)


@dataclass
class FormReader:
    """Reads the rows of a file. `default_day`: of forms that have none; `orders`: of day and month, by table."""

    rows: Sequence[SourceRow]
    questions: Sequence[Question]
    definition: Definition
    words: Words
    given: Given
    orders: Mapping[str, str | None] = field(default_factory=dict)
    default_day: date | None = None
    legends: Mapping[str, str] = field(default_factory=dict)  # what stands around each table

    def read(self) -> list[ReadForm]:
        return [self._form(row, cells) for row, cells in zip(self.rows, self._cells, strict=True)]

    @property
    def asks(self) -> list[Ask]:
        """The questions about scales, each with the cells that wait for it."""
        blocks = {id(block): block for block in self._blocks.values()}
        return [ask for block in blocks.values() if (ask := block.ask)]

    @cached_property
    def lacks_day(self) -> bool:
        """Whether no column gives a day, or only the one that LimeSurvey writes instead of none."""
        texts = {text for cells in self._cells for code, _column, _value, text in cells if code == DATE and text}
        return all(text.startswith(ANONYMOUS_DAY.isoformat()) for text in texts)

    @cached_property
    def _items(self) -> dict[str, AskedItem]:
        return {item.code: item for item in self.definition}

    @cached_property
    def _by_code(self) -> dict[str, Question]:
        return {question.code: question for question in self.questions}

    @cached_property
    def _choices(self) -> dict[str, dict[str, str]]:
        return {question.code: choices_of(question) for question in self.questions}

    @cached_property
    def _options(self) -> dict[str, list[Option]]:
        """What the words of a question with choices may become."""
        told = {q.code: answers_of(q) for q in self.questions}
        return {code: [*(Option(*pair) for pair in answers.items()), NOT_SAID] for code, answers in told.items()}

    @cached_property
    def _cells(self) -> list[list[tuple[str, int, Value, str]]]:
        return [list(cells_of(row)) for row in self.rows]

    @cached_property
    def _blocks(self) -> dict[tuple[str, int], Block]:
        """The scale of each column of a criterion, by table and column."""
        texts: dict[tuple[str, str, int], set[str]] = {}
        for row, cells in zip(self.rows, self._cells, strict=True):
            for code, column, _value, text in cells:
                if code in self._items and self._items[code].kind in CRITERION_KINDS:
                    texts.setdefault((row.table.name, code, column), set()).add(text)
        headings = {(row.table.name, c.number): c.heading for row in self.rows for c in row.table.columns}
        found = {
            (table, column): CriterionColumn(
                self._items[code].kind,
                headings.get((table, column), ""),
                frozenset(said - NOTHING - MASKED),
                self.legends.get(table, ""),
            )
            for (table, code, column), said in texts.items()
        }
        return blocks_of(found, words=self.words, given=self.given)

    def _form(self, row: SourceRow, cells: list[tuple[str, int, Value, str]]) -> ReadForm:
        form = ReadForm(row)
        raw: dict[str, Answer] = {}
        for code, column, value, text in cells:
            if text in NOTHING:
                if code == DATE:
                    form.is_unfinished = True
            elif code in self._items:
                self._answer(form, raw, code, column, text)
            elif CROSS in code:
                self._cross(form, raw, code, column, text)
            else:
                self._special(form, code, column, value, text)
        if self.lacks_day:
            form.day, form.is_unfinished = self.default_day, False
        self._settle(form, raw)
        return form

    # Answers ------------------------------------------------------------------------------------------------------
    def _answer(self, form: ReadForm, raw: dict[str, Answer], code: str, column: int, text: str) -> None:
        item = self._items[code]
        if text in MASKED:
            form.masked.add(code)
            return
        if item.kind == QuestionKind.TEXT:
            raw[code] = _NEUTRAL.sub("", text)
            return
        place = _place(form.row, column)
        if item.kind in CRITERION_KINDS:
            found: Answer | None = self._blocks[form.row.table.name, column].read(text, place)
            if found == NOT_CONCERNED and not item.allows_not_concerned:
                found = ""
        else:
            found = self._chosen(item, text, place)
        if found is None:
            form.asked.add(code)
        elif found:
            raw[code] = found

    def _chosen(self, item: AskedItem, text: str, place: ReadPlace) -> Answer | None:
        """The choice in a cell, the choices of a question that takes several; None while one is asked."""
        known = self._choices[item.code]
        if item.kind != QuestionKind.MULTIPLE:
            return self._choice(item, text.strip(" ;"), place)
        parts = [text] if plain(text) in known else [part for part in _SEPARATORS.split(text) if part]
        found = [self._choice(item, part, place) for part in parts]
        return None if None in found else [code for code in item.choices if code in found]

    def _choice(self, item: AskedItem, text: str, place: ReadPlace) -> str | None:
        known = self._choices[item.code]
        code = known.get(plain(text), "")
        if not code and plain(re.split(r"\s*[:(]", text)[0]) in {"autre", "autres", "other", "oth"}:
            code = next((one for one in item.choices if plain(one) in {"autre", "autres", "other"}), "")
        rank = re.fullmatch(r"[A-Za-z]{0,3}0*(\d{1,2})", text)
        proposed = item.choices[int(rank[1]) - 1] if rank and 0 < int(rank[1]) <= len(item.choices) else ""
        kind = f"« {shown(self._by_code[item.code].label)} »"
        code = code or (NO_ANSWER if is_unsaid(text) else "")
        found = self.words.read(kind, text, place, self._options[item.code], known=code, proposed=proposed)
        return "" if found == NO_ANSWER else found or None

    def _tick(self, question: str, answer: str, words: str) -> str:
        """Whether words surely tick an answer, or surely do not: a mark, or the answer itself."""
        is_same = any(option.value == answer and plain(option.label) == words for option in self._options[question])
        return YES if is_same or TICKED.fullmatch(words) else NO if BLANK.fullmatch(words) else ""

    def _cross(self, form: ReadForm, raw: dict[str, Answer], code: str, column: int, text: str) -> None:
        """A cross under an answer; two of them for one answer are an error at the second."""
        question, _, answer = code.partition(CROSS)
        place = _place(form.row, column)
        ticked = self._tick(question, answer, plain(text) or text) or self.words.read("croix", text, place, _TICKS)
        if not ticked:
            form.asked.add(question)
        elif ticked == YES and self._items[question].kind == QuestionKind.MULTIPLE:
            several = raw.setdefault(question, [])
            if isinstance(several, list):
                several.append(answer)
        elif ticked == YES and raw.setdefault(question, answer) != answer:
            message = f"Deux réponses sont cochées à « {self._by_code[question].label} » : n’en gardez qu’une."
            form.problems.append(error(message, place))

    def _settle(self, form: ReadForm, raw: dict[str, Answer]) -> None:
        """The answers kept by the rules of intake; what was answered though not asked is told."""
        cleaned = clean(self.definition, raw, is_guided=False)
        form.answers = cleaned.answers
        for problem in cleaned.problems:
            form.problems.append(error(_sentence(problem), form.row.place(problem.question)))
        for code in cleaned.dropped:
            if raw.get(code) not in (None, NOT_CONCERNED):
                message = f"« {self._items[code].label} » ne devait pas être posée ici : sa réponse ne compte pas."
                form.problems.append(warning(message, form.row.place(code)))

    # What comes with the form -------------------------------------------------------------------------------------
    def _special(self, form: ReadForm, code: str, column: int, value: Value, text: str) -> None:
        if code == DATE:
            self._day(form, column, value, text)
        elif code == DURATION:
            self._duration(form, column, text)
        elif code == LANGUAGE:
            form.language = _LANGUAGES.get(plain(text), Language.FRENCH)
        else:
            name = code.removeprefix("@")
            setattr(form, name, text[: LONGEST[name]])

    def _day(self, form: ReadForm, column: int, value: Value, text: str) -> None:
        order = self.orders.get(form.row.table.name, DateOrder.DAY_MONTH.value)
        form.hour = hour_of(value, text)
        if order is None:
            form.asked.add(DATE)
            return
        found = _read_day(_AT.sub(" ", value) if isinstance(value, str) else value, order)
        if isinstance(found, date):
            form.day = found
            return
        why = found.why if found else f"« {shown(text)} » n’est pas une date : écrivez-la comme 08/08/2021."
        form.problems.append(error(why, _place(form.row, column)))

    def _duration(self, form: ReadForm, column: int, text: str) -> None:
        """Seconds, or minutes and seconds (« 2:30 »)."""
        parts = text.replace("min", ":").replace("s", "").replace(" ", "").rstrip(":").split(":")
        if not all(part.isdecimal() and len(part) < 6 for part in parts) or len(parts) > 3:
            message = f"« {shown(text)} » n’est pas une durée en secondes."
            form.problems.append(warning(message, _place(form.row, column)))
        else:
            form.duration = sum(int(part) * 60**rank for rank, part in enumerate(reversed(parts)))


def cells_of(row: SourceRow) -> Iterator[tuple[str, int, Value, str]]:
    """The cells of a row under read columns: role, column, value, text; empty ones too."""
    if row.origins or row.ignored or len(row.parts) > 1:
        yield from _joined_cells(row)
        return
    values = row.facing.line(row.number)
    for code, columns in row.by_role.items():
        for column in columns:
            value, text = decoded(values[column - 1] if column <= len(values) else None)
            yield code, column, value, text


def _joined_cells(row: SourceRow) -> Iterator[tuple[str, int, Value, str]]:
    """The same of a row of several lines, or with cells of another."""
    for code, columns in row.by_role.items():
        for column, cell in zip_longest(columns, row.cells(code)[: len(columns)]):
            value = cell.value if cell else None
            yield code, column, value, "" if cell is None else text_of(cell.value)


@lru_cache(maxsize=4096)
def _read_day(value: Value, order: str) -> date | Impossible | None:
    return read_day(value, order=DateOrder(order))


def _place(row: SourceRow, column: int) -> ReadPlace:
    return row.facing.place(row.number, column)


def _sentence(problem: AnswerProblem) -> str:
    if problem.reason == Reason.TOO_LONG:
        return f"Le texte est trop long : {format_number(LONGEST_TEXT)} caractères au plus."
    return problem.sentence()
