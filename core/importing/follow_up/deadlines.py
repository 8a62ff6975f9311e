"""Deadlines of the lines of a document: initial and revised ones, months with crosses, words in doubt asked."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from core.base.words import in_words
from core.importing.asks import Ask, Given, Option, settle
from core.importing.dates import DateOrder, Impossible, order_of, read_day
from core.importing.follow_up import DEADLINE, REVISED, START, STATUS
from core.importing.follow_up.statuses import StatusSaid
from core.importing.follow_up.timetables import crossed_of, timetable_of, words_of
from core.importing.follow_up.told import ToldDocument, ToldLine
from core.importing.layout import TableRead
from core.importing.places import ReadPlace, error, warning
from core.importing.vocabulary import Words
from core.sheets.reading.addresses import column_letters
from core.time import fuzzy_dates
from core.time.fuzzy_dates import FuzzyDate, Kind, parse

KEEP = "words"  # the words are kept, without a day
LONGEST = 200
FURTHEST = 10  # years
_MOVED = re.compile(
    r"(.+?)[\s,;(–-]*\b(?:(?:reporté|repoussé|décalé)e?s? (?:au|à|en|jusqu['’]au)|puis)\s+(.+?)\)?", re.IGNORECASE
)
_SERIAL = re.compile(r"[34]\d{4}")  # a day that lost its format: 46022
_EPOCH = date(1899, 12, 30)
_WEEKDAY = re.compile(r"^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)\s+", re.IGNORECASE)
_YEAR = re.compile(r"\b20\d\d\b")


class Deadlines:
    """Reads the deadlines of one document. `asks` are its questions about columns."""

    def __init__(self, source: ToldDocument, *, words: Words, given: Given, origin_on: date | None, today: date):
        self.source, self.words, self.given, self.origin_on = source, words, given, origin_on
        self.year, self.bases = self._written(today)
        self.asks: list[Ask] = []
        cells = [cell for entry in source.entries for code in (DEADLINE, REVISED) for cell in entry.cells(code)]
        texts = [text for _column, value, text, _place in cells if not isinstance(value, date)]
        self.order = self._order(texts, [place for _column, _value, _text, place in cells])
        self.are_days = self._are_days(cells)
        self.timetables = {table.name: timetable_of(table, self.year) for table in source.tables}
        self.chosen = {table.name: self._choose(table) for table in source.tables}

    def _written(self, today: date) -> tuple[int, list[date]]:
        """The year of the document, and the days on which its words may have been written."""
        known = [day for day in (self.source.updated_on, self.origin_on) if day]
        if told := _YEAR.search(f"{self.source.title} {self.source.sheet}"):
            return int(told[0]), known or [date(int(told[0]), 1, 1)]
        return (known or [today])[0].year, known or [today]

    def _are_days(self, cells: list[tuple[int, Any, str, ReadPlace]]) -> bool:
        """Whether nearly all the deadlines are days: one that does not exist is then an error."""
        year = self.bases[0].year
        days = (
            isinstance(value, date) or _day(text, DateOrder.DAY_MONTH, year) is not None
            for _column, value, text, _place in cells
        )
        return sum(days) >= 0.8 * len(cells)

    def of(self, entry: ToldLine, said: StatusSaid) -> tuple[FuzzyDate, FuzzyDate | None]:
        """The deadline of an entry, and the one it replaces."""
        told = [self._read(entry, value, text, place) for value, text, place in self._cells(entry)]
        if said.deadline:
            told.append(self._moved(entry, parse(said.deadline, written_on=self.bases[0]), told[-1:]))
        if not told and (months := self._months(entry)):
            told.append(parse(months, written_on=self.bases[0]))
        told = [self._begun(entry, one) for one in told if one.text]
        if not told:
            return FuzzyDate(), None
        self._check_origin(entry, told[-1])
        return told[-1], told[0] if told[0].text != told[-1].text else None

    def _check_origin(self, entry: ToldLine, last: FuzzyDate) -> None:
        """Say an error for a deadline before the origin of the plan."""
        if self.origin_on and last.latest and last.latest < self.origin_on:
            message = f"L’échéance « {last.text} » précède l’origine du plan, le {in_words(self.origin_on)}."
            entry.problems.append(error(message, entry.at(DEADLINE)))

    def _moved(self, entry: ToldLine, moved: FuzzyDate, before: list[FuzzyDate]) -> FuzzyDate:
        """« Reporté au » a day before the deadline is a question."""
        first = before[0].latest if before else None
        if first is None or moved.latest is None or moved.latest >= first:
            return moved
        early = replace(moved, doubt=f"Ce jour précède l’échéance « {before[0].text} ».")
        return self._doubtful(entry, moved.text, entry.at(STATUS), early, [moved])

    def _cells(self, entry: ToldLine) -> Iterator[tuple[object, str, ReadPlace]]:
        """What is told of the deadline, first promise first; « 31/12/23 (reporté au 31/03/24) » tells two."""
        for _column, value, text, place in self._followed(entry):
            if isinstance(value, str) and (moved := _MOVED.fullmatch(text)):
                yield from ((part, part, place) for part in moved.groups())
            else:
                yield value, text, place

    def _followed(self, entry: ToldLine) -> list[tuple[int, Any, str, ReadPlace]]:
        """The cells of the columns to follow, in their order, then the revised ones; all of them without a choice."""
        order = self.chosen.get(entry.row.table.name, []) if entry.row else []
        cells = [cell for code in (DEADLINE, REVISED) for cell in entry.cells(code)]
        if not order:
            return cells
        kept = [cell for cell in cells if cell[0] in order or cell in entry.cells(REVISED)]
        return sorted(kept, key=lambda cell: order.index(cell[0]) if cell[0] in order else len(order))

    def _read(self, entry: ToldLine, value: object, text: str, place: ReadPlace) -> FuzzyDate:
        """One cell: sure, asked where it may be read in two ways, or words kept with a warning."""
        if isinstance(value, date):
            shown, exact = parse(text), value.date() if isinstance(value, datetime) else value
            return self._near(entry, place, shown if shown.latest == shown.earliest == exact else parse(exact))
        if len(text) > LONGEST:
            entry.problems.append(error(f"L’échéance dépasse {LONGEST} caractères : écrivez-la plus court.", place))
            return FuzzyDate(text[:LONGEST], kind=Kind.UNKNOWN)
        day = _day(text, self.order, self.bases[0].year)
        if isinstance(day, Impossible):
            return self._doubtful(entry, text, place, day, [])
        if self.order == DateOrder.MONTH_DAY and day is not None:
            return FuzzyDate(text, day, day, kind=Kind.DAY)
        return self._in_words(entry, text, place)

    def _in_words(self, entry: ToldLine, text: str, place: ReadPlace) -> FuzzyDate:
        """What words mean, asked when they cannot be or when their meaning depends on when they were written."""
        first, *others = readings = _readings(text, *self.bases)
        if _SERIAL.fullmatch(text) or first.problem:
            return self._doubtful(entry, text, place, first, [])
        if others or (first.doubt and not (self.source.updated_on or self.origin_on)):
            return self._doubtful(entry, text, place, first, readings)
        if not first.is_known:
            message = f"L’échéance « {short(text)} » n’est pas comprise : ses mots sont gardés, sans date."
            entry.problems.append(warning(message, place))
        return self._near(entry, place, first)

    def _near(self, entry: ToldLine, place: ReadPlace, found: FuzzyDate) -> FuzzyDate:
        """A day further than a plan may look is asked: « 2072 » for 2027."""
        if found.latest is None or found.latest.year - self.bases[0].year <= FURTHEST:
            return found
        far = replace(found, doubt=f"Ce jour est à plus de {FURTHEST} ans.")
        return self._doubtful(entry, found.text, place, far, [found])

    def _doubtful(
        self, entry: ToldLine, text: str, place: ReadPlace, why: object, readings: list[FuzzyDate]
    ) -> FuzzyDate:
        """Ask what the words mean; a day that does not exist in a column of days is an error."""
        told = getattr(why, "why", "") or getattr(why, "problem", "") or getattr(why, "doubt", "")
        if isinstance(why, Impossible) and self.are_days:
            entry.problems.append(error(told, place))
            return FuzzyDate(text, kind=Kind.UNKNOWN)
        days = readings or list(_repaired(text))
        if not days and not isinstance(why, Impossible):
            kept = f"{told or f'L’échéance « {short(text)} » n’est pas comprise.'} Ses mots sont gardés, sans date."
            entry.problems.append(warning(kept, place))
            return FuzzyDate(text, kind=Kind.UNKNOWN)
        question = f"Quelle échéance veut dire « {short(text)} » ? {told}".strip()
        return self._asked(text, place, days, question, is_proposed=bool(readings))

    def _asked(
        self, text: str, place: ReadPlace, days: list[FuzzyDate], question: str, *, is_proposed: bool
    ) -> FuzzyDate:
        """The day that is answered for words, which are kept."""
        by_code = {f"{one.earliest or ''}/{one.latest or ''}": one for one in days}
        options = [Option(code, fuzzy_dates.words(one)) for code, one in by_code.items()]
        options.append(Option(KEEP, "Garder ces mots, sans date"))
        proposed = options[0].value if is_proposed else ""
        answer = self.words.read("deadline", text, place, options, proposed=proposed, question=question)
        found = by_code.get(answer, FuzzyDate(kind=Kind.UNKNOWN))
        return FuzzyDate(text, found.earliest, found.latest, kind=found.kind)

    def _order(self, texts: list[str], places: list[ReadPlace]) -> DateOrder:
        """Day first, but where the texts say otherwise: several for sure, one alone is a question."""
        found = order_of(dict.fromkeys(texts))
        if not found.is_sure or found.order == DateOrder.DAY_MONTH or len(found.evidence) > 1:
            return found.order if found.is_sure else DateOrder.DAY_MONTH
        question = f"« {found.evidence[0]} » : les échéances sont-elles écrites jour/mois ou mois/jour ?"
        options = [Option(DateOrder.DAY_MONTH, "jour/mois/année"), Option(DateOrder.MONTH_DAY, "mois/jour/année")]
        ask = settle(self.given, "dates", question, options, proposed=DateOrder.MONTH_DAY, places=places)
        self.asks.append(ask)
        return DateOrder(ask.value or DateOrder.MONTH_DAY)

    def _choose(self, table: TableRead) -> list[int]:
        """The columns to follow, in their order, where two tell different deadlines on one line."""
        columns, places = table.of_role(DEADLINE), self._contradicting(table)
        if len(columns) < 2 or not places:
            return []
        options = [
            Option(column_letters(one.number), f"« {one.heading} » ({column_letters(one.number)}) seule")
            for one in columns
        ]
        first, last = columns[0], columns[-1]
        both = f"{column_letters(first.number)}>{column_letters(last.number)}"
        label = f"« {first.heading} », puis « {last.heading} » qui la remplace : une promesse changée"
        titles = ", ".join(f"« {column.heading} »" for column in columns)
        ask = settle(
            self.given,
            f"deadline:{table.name}",
            f"{titles} : quelle échéance est la bonne ?",
            [Option(both, label), *options],
            proposed=both,
            places=[*(table.place(table.headings[1], column.number) for column in columns), *places],
        )
        self.asks.append(ask)
        by_letters = {column_letters(column.number): column.number for column in columns}
        return [by_letters[name] for name in (ask.value or both).split(">")]

    def _contradicting(self, table: TableRead) -> list[ReadPlace]:
        """The cells of the lines that tell several deadlines."""
        cells = [entry.cells(DEADLINE) for entry in self.source.entries if entry.row and entry.row.table is table]
        return [cell[3] for told in cells if len({text for _, _, text, _ in told}) > 1 for cell in told]

    def _begun(self, entry: ToldLine, deadline: FuzzyDate) -> FuzzyDate:
        """« Début » and « Fin » are one period."""
        start = read_day(next((value for _column, value, _text, _place in entry.cells(START)), None) or "")
        end = deadline.latest
        if not isinstance(start, date) or end is None or deadline.kind != Kind.DAY or start >= end:
            return deadline
        return parse(f"du {start:%d/%m/%Y} au {end:%d/%m/%Y}")

    def _months(self, entry: ToldLine) -> str:
        """The words for the months of a timetable that a line crosses."""
        timetable = self.timetables[entry.row.table.name] if entry.row else {}
        return words_of(crossed_of(entry, timetable), self.year)


@lru_cache(maxsize=1024)
def _readings(text: str, *bases: date) -> list[FuzzyDate]:
    """What the words mean on each of the days; the same words come again and again."""
    return list(dict.fromkeys(parse(text, written_on=base) for base in bases))


@lru_cache(maxsize=1024)
def _day(text: str, order: DateOrder, year: int) -> date | Impossible | None:
    return read_day(text, order=order, year=year)


def short(text: str) -> str:
    """The words on one line, cut where they are long."""
    words = " ".join(text.split())
    return words if len(words) <= 80 else f"{words[:80]}…"


def _repaired(text: str) -> Iterator[FuzzyDate]:
    """The days that words may have meant: a number without its format, day and month exchanged, a wrong weekday."""
    if _SERIAL.fullmatch(text):
        yield parse(_EPOCH + timedelta(days=int(text)))
    elif len(parts := list(map(int, re.findall(r"\d+", text)))) == 3:
        yield from _exchanged(parts)
    elif (found := parse(_WEEKDAY.sub("", text))).kind == Kind.DAY:
        yield found


def _exchanged(parts: list[int]) -> Iterator[FuzzyDate]:
    """The days of three numbers, year first or last, cut to the end of their month."""
    year, first, second = parts if parts[0] > 31 else (parts[2], *parts[:2])
    year += 2000 if year < 100 else 0
    for month, day in ((first, second), (second, first)):
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield parse(date(year, month, min(day, monthrange(year, month)[1])))
