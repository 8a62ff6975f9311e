"""How a survey file lies: what a questionnaire and its campaign tell of its columns, layouts that hold no form."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from core.importing.asks import Ask, Settled
from core.importing.dates import DateOrder, read_day
from core.importing.layout import COLUMNS, ROWS, ColumnRead, Layout, TableRead
from core.importing.places import Problem, ReadPlace, error
from core.importing.tables.contents import contents_of
from core.importing.tables.facing import Facing
from core.importing.tables.personal import PERSONAL
from core.importing.tables.roles import LEFT_UNREAD, TECHNICAL
from core.importing.words import plain
from core.sheets.reading.model import Sheet, Workbook
from surveys.enums import QuestionKind
from surveys.imports import scales
from surveys.imports.columns import (
    CROSS,
    DATE,
    NUMBER,
    Heads,
    choices_of,
    has_other_sense,
    is_modality,
    is_stamp,
    series_of,
    special_of,
)
from surveys.imports.scales import Family
from surveys.imports.words import text_of_raw
from surveys.models import Campaign, Question

NOT_ASKED = "question qui n’est pas dans le questionnaire"
TITLES = "titres des formulaires"
COUNTS = (
    "Ce tableau compte déjà les réponses : combien de « Très satisfait », de « Satisfait »… par question. "
    "Il faut l’export des réponses, une ligne par formulaire."
)
ONE_BY_ONE = (
    "Ce tableau donne une réponse par ligne, la question en toutes lettres à côté. Il faut une ligne par formulaire et "
    "une colonne par question : un tableau croisé du tableur le fait."
)
SEARCHED = 30  # lines in which the words of the answers are looked for
WIDEST = 60  # more cells on a line are not the words of a scale
SENTENCE = 4  # words, on average, of a free text
MONTHS, HIGHEST = 12, 10
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s*%?")
_SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{2,4}")
Cells = dict[ReadPlace, str]  # the filled cells of a column, with their texts


@dataclass(frozen=True)
class Settling:
    """Settles what the recogniser leaves open, or leaves open what it found, by the questionnaire and the campaign."""

    book: Workbook
    heads: Heads
    campaign: Campaign
    today: date

    def layout(self, layout: Layout) -> Layout:
        """The same layout, with other questions: each column stays changeable."""
        return replace(layout, tables=tuple(self._table(table) for table in layout.tables))

    def counted(self, layout: Layout) -> Iterator[tuple[TableRead, Problem]]:
        """Tables that count the answers, or tell them one by one, instead of form by form."""
        for table in layout.tables:
            above, left = (Facing(self._sheets[table.sheet], axis) for axis in (COLUMNS, ROWS))
            counts = _counts(above, self.heads) or _counts(left, self.heads)
            if place := counts or _crossed_by_numbers(table, above):
                yield table, error(COUNTS, place)
            elif place := _tells_one_by_one(above, self.heads):
                yield table, error(ONE_BY_ONE, place)

    @cached_property
    def _sheets(self) -> dict[str, Sheet]:
        return {sheet.name: sheet for sheet in self.book.sheets}

    def _table(self, table: TableRead) -> TableRead:
        facing = Facing(self._sheets[table.sheet], table.axis)
        columns = _stamped(_in_order(table.columns, self.heads))
        held = {column.code.partition(CROSS)[0] for column in columns}
        free = [question for question in self.heads.questions if question.code not in held]
        settled = [self._column(column, _cells(table, column, facing), free) for column in columns]
        asks = table.asks
        if table.axis == ROWS and len(held & self.heads.labels.keys()) > 1:  # questions down can only be headings
            asks = tuple(map(_as_rows, asks))
            if settled[0].role.is_open:
                settled[0] = _left(columns[0], TITLES)  # « Question, F1, F2… »
        return replace(table, columns=tuple(settled), asks=asks)

    def _column(self, column: ColumnRead, cells: Cells, free: Sequence[Question]) -> ColumnRead:
        if column.code == NUMBER and column.role.source == Settled.FOUND and contents_of(cells.values()).is_personal:
            return _left(column, PERSONAL)
        if column.code == DATE:
            asks = (self._order(ask, cells) if ask.code.endswith(":dates") else ask for ask in column.settings)
            return replace(column, settings=tuple(asks))
        return _open_column(column, cells, free) if column.role.is_open else column

    def _order(self, ask: Ask, cells: Cells) -> Ask:
        """Day and month are asked where both may come first, whatever the hour (« AM ») says of the tool."""
        if ask.source in (Settled.CHOSEN, Settled.REMEMBERED) or not _may_be_both(cells):
            return ask
        fitting = [order.value for order in DateOrder if all(self._fits(text, order) for text in set(cells.values()))]
        if fitting == [DateOrder.DAY_MONTH]:
            # As it is written here, and the only one inside the campaign.
            return replace(ask, value=fitting[0], source=Settled.FOUND)
        proposed = fitting[0] if len(fitting) == 1 else ""
        return replace(ask, value="", source=Settled.OPEN, proposed=proposed, places=tuple(cells))

    def _fits(self, text: str, order: DateOrder) -> bool:
        day = read_day(text, order=order)
        return isinstance(day, date) and self.campaign.starts_on <= day <= min(self.campaign.ends_on, self.today)


def _may_answer(question: Question, texts: frozenset[str], *, is_free: bool) -> bool:
    """Whether most texts of a column may be answers to a question; free ones hardly repeat."""
    known = choices_of(question)
    if question.kind == QuestionKind.TEXT:
        return is_free and any(map(str.isalpha, "".join(texts)))
    if question.kind == QuestionKind.SCALE:
        fitting = sum(map(_is_level, texts))
    elif question.kind == QuestionKind.YES_NO:
        fitting = sum(bool(scales.known_yes_no(text)) or text in ("0", "1") for text in texts)
    else:
        fitting = sum(plain(text) in known for text in texts)
    return fitting * 2 >= len(texts)


def _is_level(text: str) -> bool:
    family = scales.family_of(text)
    if family == Family.MARKS:
        return 0 <= (scales.rank_of(text) or 0) <= HIGHEST
    is_said = family == Family.WORDS and len(text.split()) <= SENTENCE and scales.is_telling(scales.words_of(text))
    return is_said or family in (Family.SATISFACTION, Family.STARS, Family.SYMBOLS, Family.CODES)


def _cells(table: TableRead, column: ColumnRead, facing: Facing) -> Cells:
    if not column.role.is_open and column.code not in (DATE, NUMBER):
        return {}
    texts = {line: text_of_raw(facing.raw(line, column.number)) for line in range(table.body[0], table.body[1] + 1)}
    return {facing.place(line, column.number): text for line, text in texts.items() if text}


def _left(column: ColumnRead, why: str) -> ColumnRead:
    return replace(column, role=replace(column.role, value=LEFT_UNREAD, source=Settled.FOUND), evidence=why)


def _in_order(columns: Sequence[ColumnRead], heads: Heads) -> list[ColumnRead]:
    """Bare codes (A1, A2…), as many as the criteria that no column names: proposed in their order."""
    taken = {column.code for column in columns}
    left = [question.code for question in heads.questions if question.is_criterion and question.code not in taken]
    bare = [column for column in columns if column.role.is_open and not column.role.proposed]
    suiting = (series for series in series_of([column.heading for column in bare]) if len(series) == len(left) > 1)
    proposed = {bare[rank].number: code for rank, code in zip(next(suiting, ()), left, strict=False)}
    return [_proposed(column, proposed.get(column.number, "")) for column in columns]


def _proposed(column: ColumnRead, code: str) -> ColumnRead:
    return replace(column, role=replace(column.role, proposed=code)) if code else column


def _stamped(columns: Sequence[ColumnRead]) -> list[ColumnRead]:
    """Of several instants that a tool writes, that of the sending dates the form."""
    rivals = {c.number: is_stamp(c.heading) for c in columns if c.role.is_open and special_of(c.heading) == DATE}
    if len(rivals) < 2 or not all(rivals.values()):
        return list(columns)
    best = min(rivals, key=lambda number: rivals[number])
    if list(rivals.values()).count(rivals[best]) > 1:
        return list(columns)
    return [
        column
        if column.number not in rivals
        else replace(column, role=replace(column.role, value=DATE, source=Settled.FOUND))
        if column.number == best
        else _left(column, TECHNICAL)
        for column in columns
    ]


def _counts(facing: Facing, heads: Heads) -> ReadPlace | None:
    """Where the words of the answers stand over numbers, with the questions at their left."""
    for line in range(1, min(facing.height, SEARCHED) + 1):
        answers = _modalities(facing, line, heads)
        below = range(line + 1, min(facing.height, line + 4) + 1)
        if answers and any(_is_counted(facing, one, answers, heads) for one in below):
            return facing.place(line, answers[0])
    return None


def _modalities(facing: Facing, line: int, heads: Heads) -> list[int]:
    """The columns of two answers or more named by a line; none beside their question, as a form has them."""
    filled = facing.filled(line)
    words = {column: facing.words(line, column) for column in filled} if len(filled) <= WIDEST else {}
    answers = [column for column, text in words.items() if is_modality(text)]
    if len({scales.words_of(words[column]) for column in answers}) < 2:
        return []
    return [] if any(heads.named(text) for column, text in words.items() if column < answers[0]) else answers


def _is_counted(facing: Facing, line: int, answers: list[int], heads: Heads) -> bool:
    """Whether a line holds numbers under answers, and the question at their left."""
    figures = [one for one in answers if _FIGURE.fullmatch(text_of_raw(facing.raw(line, one)))]
    before = (facing.words(line, column) for column in facing.filled(line, 1, answers[0] - 1))
    return len(figures) > 1 and any(map(heads.named, before))


def _crossed_by_numbers(table: TableRead, facing: Facing) -> ReadPlace | None:
    """Where numbers of answers stand instead of crosses."""
    numbers = [column.number for column in table.columns if CROSS in column.code]
    lines = range(table.body[0], min(table.body[1], table.body[0] + SEARCHED) + 1) if table.axis == COLUMNS else ()
    filled = [(line, n, text) for line in lines for n in numbers if (text := text_of_raw(facing.raw(line, n)))]
    most = [(line, number) for line, number, text in filled if text.isdecimal() and text not in ("0", "1")]
    return facing.place(*most[0]) if len(most) * 2 > len(filled) else None


def _tells_one_by_one(facing: Facing, heads: Heads) -> ReadPlace | None:
    """Where the questions stand one under the other, again and again, and over no column."""
    lines = range(1, min(facing.height, SEARCHED) + 1)
    columns = range(1, min(facing.width, WIDEST) + 1)
    named = {column: Counter(heads.named(facing.words(line, column)) for line in lines) for column in columns}
    told = [column for column in columns if any(named[column].keys() - {""})]
    if len(told) != 1:
        return None
    again = [code for code, times in named[told[0]].items() if code and times > 1]
    return facing.place(1, told[0]) if len(again) > 1 else None


def _as_rows(ask: Ask) -> Ask:
    """The direction of a table that is open, found to be in rows."""
    is_axis = ask.is_open and ask.code.startswith("axis:")
    return replace(ask, value=ROWS, source=Settled.FOUND) if is_axis else ask


def _open_column(column: ColumnRead, cells: Cells, free: Sequence[Question]) -> ColumnRead:
    """A column that nothing names is asked about where it may answer a question or holds free words, else left."""
    texts, proposed = frozenset(cells.values()), column.role.proposed
    hardly_repeats = len(texts) * 2 > len(cells)
    is_free = hardly_repeats and sum(len(text.split()) for text in texts) >= SENTENCE * len(texts)
    may_be = any(_may_answer(question, texts, is_free=hardly_repeats) for question in free)
    if not (proposed or is_free or may_be):
        return _left(column, NOT_ASKED)
    proposed = proposed or (LEFT_UNREAD if has_other_sense(column.heading) else "")
    return replace(column, role=replace(column.role, proposed=proposed, places=(*column.role.places, *cells)))


def _may_be_both(cells: Cells) -> bool:
    """Whether day and month may both come first in all the dates, and are not the same in one of them."""
    pairs = [(int(one[1]), int(one[2])) for text in cells.values() if (one := _SLASHED.match(text))]
    return any(first != second for first, second in pairs) and all(max(pair) <= MONTHS for pair in pairs)
