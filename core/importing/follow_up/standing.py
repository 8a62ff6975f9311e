"""Where each line of a document stands: from columns, a day, a colour; those that contradict are a question."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from core.importing.asks import Ask, Given, Option, settle
from core.importing.follow_up import DONE_ON, STATUS
from core.importing.follow_up.statuses import Stage, StatusSaid, done_day, is_progress, one_is_all, said_of
from core.importing.follow_up.told import ToldDocument, ToldLine
from core.importing.layout import ColumnRead, TableRead
from core.importing.places import ReadPlace
from core.importing.tables.rows import tidy
from core.importing.vocabulary import Words
from core.sheets.reading.addresses import column_letters

_BEFORE = re.compile(r"([^:]{3,25}):")
_AFTER = re.compile(r"(?:\(|\s[:–—-]\s)([^():–—]{3,25})\)?\W*$")
OF_ACTIONS = re.compile(
    r"(?:\W*\d*[.)]?\s*)(?:(?:suivi|liste|tableau|bilan|état)\s+(?:des\s+)?)?(?:actions?|mesures?|tâches?)\s+(?:déjà\s+)?"
    r"(.{3,40}?)\W*",
    re.IGNORECASE,
)
_SCALE = re.compile(r"\b\d+ ?(?:à|a|-|–|/) ?(?!100\b)\d+\b")  # « État (0 à 4) »
At = tuple[str, int]  # a table and its column
STORY = 25  # characters: cells that are longer tell a story
HIGHEST_RANK = 10
LETTERS = ("R", "C")  # of the slides: réalisée, en cours
_COLOURS = (("rouge", 0), ("orange", 35), ("jaune", 55), ("vert", 120), ("bleu", 215), ("violet", 280), ("rouge", 345))


class StandingReader:
    """Reads the status of the lines of one document. `asks` are its questions about columns.

    `labels` are those of the app for each stage; `coloured` the roles whose cells a colour may mark, in that order;
    `beside` those whose words may tell a state where no column does.
    """

    def __init__(
        self,
        source: ToldDocument,
        *,
        words: Words,
        given: Given,
        today: date,
        labels: Mapping[str, str],
        coloured: Sequence[str],
        beside: Sequence[str] = (),
    ):
        self.words, self.given, self.today = words, given, today
        self.marked, self.beside = coloured, beside
        self.options = [Option(code, label) for code, label in labels.items()]
        self.asks: list[Ask] = []
        texts: dict[At, list[str]] = defaultdict(list)
        for entry in source.entries:
            for column, text in self._cells(entry):
                texts[column].append(text)
        self.one_is_all = {column: one_is_all(told) for column, told in texts.items()}
        self.is_share = {column: all(map(is_progress, told)) for column, told in texts.items()}
        self.legend = _legend_of(source, today)
        self.title = source.title
        self.scaled: set[At] = set()
        self.crossed: dict[At, str] = {}
        self.stories: dict[At, str] = {}
        for table in source.tables:
            self._look_at(source, table, texts)
        self.chosen = {table.name: self._choose(source, table) for table in source.tables}
        self.coloured = {table.name for table in source.tables if self._has_colours(source, table)}

    def _look_at(self, source: ToldDocument, table: TableRead, texts: dict[At, list[str]]) -> None:
        """Find the columns of a table that are scales, crosses under statuses, stories."""
        for one in table.of_role(STATUS):
            at = (table.name, one.number)
            if _SCALE.search(one.heading) or _are_ranks(texts[at]):
                self.scaled.add(at)
        headed = self._headed(table)
        if len(headed) > 1:
            self.crossed |= {(table.name, one.number): one.heading for one in headed}
        self.stories |= self._stories(source, table, texts)

    def of(self, entry: ToldLine) -> StatusSaid:
        """What is told of an entry; no status while it is asked."""
        only = self.chosen.get(entry.row.table.name, 0) if entry.row else 0
        told = self._told(entry)
        if only > 0:
            told = [one for one in told if one[0][1] == only]
        elif only and self._is_contradicted(told):
            return StatusSaid()
        if not told:
            return self._untold(entry)
        told.sort(key=lambda one: self.is_share.get(one[0], False))
        _at, text, place, said = told[0]
        done_on = next((day for *_, one in told if (day := one.done_on)), None)
        return replace(said, status=said.status if said.is_day else self._word(text, place, said), done_on=done_on)

    def _untold(self, entry: ToldLine) -> StatusSaid:
        """Where no cell tells a status: words beside or above, a colour; none where columns are undecided."""
        if told := self._beside_words(entry) or self._above(entry):
            return told
        is_undecided = entry.row is not None and entry.row.table.is_undecided
        return StatusSaid() if is_undecided else self._coloured(entry)

    def _above(self, entry: ToldLine) -> StatusSaid | None:
        """« Actions réalisées » over lines whose state no column tells: asked, never taken."""
        for words, is_bare in () if _has_states(entry) else ((entry.section, True), (self.title, False)):
            found = OF_ACTIONS.fullmatch(words)
            text = found[1] if found else words.strip(" :") if is_bare else ""
            said = said_of(None, text, today=self.today) if text else StatusSaid()
            if (likely := said.status or said.likely) not in ("", Stage.TODO) and not said.is_day:
                return StatusSaid(self._word(words, entry.place, StatusSaid(likely=likely)))
        return None

    def _beside_words(self, entry: ToldLine) -> StatusSaid | None:
        """A state told by a comment or around a text, where no column tells states: asked, never taken."""
        if _has_states(entry):
            return None
        for code in self.beside:
            for words in _ends(entry.text(code)):
                said = said_of(None, words, today=self.today)
                is_only_day = said.is_day and done_day(words) is None
                if said.status not in ("", Stage.TODO) and not is_only_day:
                    answer = self._word(words, entry.at(code), StatusSaid(likely=said.status))
                    return StatusSaid(answer, done_on=said.done_on)
        return None

    def _headed(self, table: TableRead) -> list[ColumnRead]:
        """The columns whose heading is itself a status: a cross under it says it."""
        return [one for one in table.of_role(STATUS) if said_of(None, one.heading, today=self.today).status]

    def _word(self, text: str, place: ReadPlace, said: StatusSaid) -> str:
        return self.words.read("status", text, place, self.options, known=said.status, proposed=said.likely)

    def _cells(self, entry: ToldLine) -> Iterator[tuple[tuple[str, int], str]]:
        name = entry.row.table.name if entry.row else ""
        for code in (STATUS, DONE_ON):
            yield from (((name, column), text) for column, _value, text, _place in entry.cells(code))

    def _told(self, entry: ToldLine) -> list[tuple[At, str, ReadPlace, StatusSaid]]:
        """Each filled cell that tells a status, with what it says."""
        name, found = entry.row.table.name if entry.row else "", []
        for code in (STATUS, DONE_ON):
            for column, value, words, place in entry.cells(code):
                text, said = self._said(entry, (name, column), value, words)
                found.append(((name, column), text, place, said))
        return found

    def _said(self, entry: ToldLine, at: At, value: object, text: str) -> tuple[str, StatusSaid]:
        """The words of a cell and what they say, by what its column is."""
        if at in self.stories:
            return text, StatusSaid(self.stories[at], rest=text, is_day=True)
        said = _said(value, text, self.today, self.one_is_all.get(at, True))
        if at in self.scaled and said.status and text.isdecimal():
            return text, _on_scale(said, text)
        if entry.row is None and text in LETTERS:
            return text, replace(said, status=said.likely)
        if not said.status and len(text) < 3 and at in self.crossed:  # « En cours » over a column of crosses
            return f"{self.crossed[at]} : {text}", said_of(None, self.crossed[at], today=self.today)
        return text, said

    def _stories(self, source: ToldDocument, table: TableRead, texts: dict[tuple[str, int], list[str]]) -> dict:
        """« Suivi » that tells what was done, and no status: one question for the column, its words are comments."""
        found = {}
        for column in table.of_role(STATUS):
            told = texts.get((table.name, column.number), [])
            if (
                not told
                or sum(map(len, told)) < STORY * len(told)
                or any(_said(None, one, self.today, True).status for one in told)
            ):
                continue
            letter, comment = column_letters(column.number), "ses mots sont des commentaires, les actions sont"
            options = [Option(one.value, f"{comment} « {one.label} »") for one in self.options[:2]]
            question = (
                f"« {column.heading} » ({letter}) ne dit pas de statut que nous connaissions : où en sont les actions ?"
            )
            rows = [entry.at(STATUS) for entry in source.entries if entry.row and entry.row.table is table]
            places = [table.place(table.headings[1], column.number), *rows]
            ask = settle(self.given, f"story:{table.name}:{letter}", question, options, proposed="todo", places=places)
            self.asks.append(ask)
            found[table.name, column.number] = ask.value
        return found

    def _choose(self, source: ToldDocument, table: TableRead) -> int:
        """The column to follow where two contradict: 0 for none of them, -1 while it is asked."""
        columns = [*table.of_role(STATUS), *table.of_role(DONE_ON)]
        places = self._contradicting(source, table) if len(columns) > 1 else []
        if not places:
            return 0
        words = [column for column in columns if not self.is_share.get((table.name, column.number))]
        titles = ", ".join(f"« {column.heading} »" for column in columns)
        ask = settle(
            self.given,
            f"status:{table.name}",
            f"{titles} ne disent pas la même chose : quelle colonne suivre ?",
            [
                Option(column_letters(column.number), f"{column.heading} ({column_letters(column.number)})")
                for column in columns
            ],
            proposed=column_letters((words or columns)[-1].number),
            places=[*(table.place(table.headings[1], column.number) for column in columns), *places],
        )
        self.asks.append(ask)
        return next((column.number for column in columns if column_letters(column.number) == ask.value), -1)

    def _contradicting(self, source: ToldDocument, table: TableRead) -> list[ReadPlace]:
        """The cells of the lines whose columns contradict each other."""
        rows = [self._told(entry) for entry in source.entries if entry.row and entry.row.table is table]
        return [place for told in rows if self._is_contradicted(told) for _column, _text, place, _said in told]

    def _is_contradicted(self, told: list[tuple[tuple[str, int], str, ReadPlace, StatusSaid]]) -> bool:
        said = [(one.status, self.is_share.get(column, False)) for column, _, _, one in told if one.status]
        return any(not _agree(*first, *second) for at, first in enumerate(said) for second in said[at + 1 :])

    def _has_colours(self, source: ToldDocument, table: TableRead) -> bool:
        """Whether fills carry a status there: a legend says so, or several stand where no words tell it."""
        fills = {self._fill(entry) for entry in source.entries if entry.row and entry.row.table is table} - {""}
        several = len({fill for fill in fills if _colour(fill) != "gris"}) > 1
        return bool(fills & self.legend.keys()) or several or any(map(self._stands_for_word, source.entries))

    def _stands_for_word(self, entry: ToldLine) -> bool:
        """Whether the empty cell of a status has a colour that its line has not."""
        if not entry.row or entry.cells(STATUS):
            return False
        cells = [
            [entry.row.facing.cell(entry.row.number, column.number).fill for column in entry.row.table.of_role(code)]
            for code in self.marked
        ]
        own, others = cells[0], {fill for several in cells[1:] for fill in several}
        return any(fill and fill not in others and _colour(fill) != "gris" for fill in own)

    def _fill(self, entry: ToldLine) -> str:
        """The colour of the first cell that has one: of its ground, else of its text."""
        columns = [one.number for code in self.marked for one in (entry.row.table.of_role(code) if entry.row else ())]
        cells = [entry.row.facing.cell(entry.row.number, column) for column in columns if entry.row]
        return next(filter(None, (*(cell.fill for cell in cells), *(cell.ink for cell in cells))), "")

    def _coloured(self, entry: ToldLine) -> StatusSaid:
        """Without words, a colour that carries a status is asked; else nothing was begun."""
        fill = self._fill(entry) if entry.row and entry.row.table.name in self.coloured else ""
        if not fill:
            return StatusSaid(Stage.TODO)
        text = f"couleur {_colour(fill)} (#{fill})"
        legend = self.legend.get(fill, StatusSaid())
        answer = self._word(text, entry.at(STATUS), StatusSaid(likely=legend.status or legend.likely))
        return StatusSaid(answer)


def _has_states(entry: ToldLine) -> bool:
    """Whether a column of its table tells where its lines stand."""
    return entry.row is not None and any(entry.row.table.of_role(code) for code in (STATUS, DONE_ON))


def _legend_of(source: ToldDocument, today: date) -> dict[str, StatusSaid]:
    """What each colour of the legend says."""
    cells = {colour: cell for cell in source.legend if (colour := cell.fill or cell.ink)}
    words = {colour: tidy(cell.text).rpartition(":")[2].strip() for colour, cell in cells.items()}
    return {colour: said_of(None, text, today=today) for colour, text in words.items()}


def _on_scale(said: StatusSaid, text: str) -> StatusSaid:
    """Of a scale that nobody tells, only its two ends are likely something."""
    return StatusSaid(likely=said.status if text in ("0", "1") else "")


@lru_cache(maxsize=1024)
def _said(value: object, text: str, today: date, whole: bool) -> StatusSaid:
    return said_of(value, text, today=today, one_is_all=whole)


def _are_ranks(texts: list[str]) -> bool:
    """« 1 », « 2 », « 4 » without « % »: a scale that nobody tells, rather than 1 %."""
    told = {int(text) for text in texts if text.isdecimal() and len(text) < 3}
    return texts == ["1"] or (bool(told) and 1 < max(told) <= HIGHEST_RANK and all(map(str.isdecimal, texts)))


def _ends(text: str) -> tuple[str, ...]:
    """What stands apart around a text, « ABANDONNÉ : … », « … (FAIT) »; the text itself when it is short."""
    found = (_BEFORE.match(text), _AFTER.search(text))
    return tuple(one[1].strip() for one in found if one) or ((text,) if 0 < len(text) <= STORY else ())


def _agree(one: str, one_is_share: bool, other: str, other_is_share: bool) -> bool:
    """« Abandonnée » and 20 %, « En cours » and 0 % do not contradict; « Clos » and 50 % do."""
    if one_is_share and not other_is_share:
        one, other = other, one
    has_share = one_is_share != other_is_share
    stopped = one in (Stage.POSTPONED, Stage.ABANDONED) and other != Stage.DONE
    return one == other or (has_share and (stopped or (one, other) == (Stage.ONGOING, Stage.TODO)))


def _colour(fill: str) -> str:
    """« vert » for 00B050."""
    red, green, blue = (int(fill[at : at + 2], 16) for at in (0, 2, 4))
    low, high = min(red, green, blue), max(red, green, blue)
    if high - low < 24:
        return "gris"
    hue = {red: (green - blue) / (high - low), green: 2 + (blue - red) / (high - low)}
    angle = 60 * (hue[high] if high in hue else 4 + (red - green) / (high - low)) % 360
    return min(_COLOURS, key=lambda named: abs(named[1] - angle))[0]
