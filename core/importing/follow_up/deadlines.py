"""Deadlines of the lines of a document: initial and revised ones, months with crosses, words in doubt asked."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from core.base.months import MONTH_INITIALS, month_name
from core.base.words import in_words
from core.importing.asks import Ask, Given, Option, settle
from core.importing.dates import DateOrder, Impossible, order_of, read_day
from core.importing.follow_up import DEADLINE, MONTH, REVISED, START, STATUS
from core.importing.follow_up.statuses import StatusSaid
from core.importing.follow_up.told import Told, ToldDocument
from core.importing.layout import TableRead
from core.importing.periods.spans import Period, Writing, spelling_in
from core.importing.places import ReadPlace, error, letters, warning
from core.importing.tables.wanted import Fit
from core.importing.vocabulary import Words
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
        told = _YEAR.search(f"{source.title} {source.sheet}")
        self.year = int(told[0]) if told else (source.updated_on or origin_on or today).year
        known = [day for day in (source.updated_on, origin_on) if day]
        self.bases = known or [date(self.year, 1, 1) if told else today]
        self.asks: list[Ask] = []
        cells = [cell for entry in source.entries for code in (DEADLINE, REVISED) for cell in entry.cells(code)]
        texts = [text for _column, value, text, _place in cells if not isinstance(value, date)]
        self.order = self._order(texts, [place for _column, _value, _text, place in cells])
        year = self.bases[0].year
        days = (
            isinstance(value, date) or _day(text, DateOrder.DAY_MONTH, year) is not None
            for _column, value, text, _place in cells
        )
        strict = sum(days)
        self.are_days = strict >= 0.8 * len(cells)
        self.periods = {table.name: _periods(table) for table in source.tables}
        self.chosen = {table.name: self._choose(table) for table in source.tables}

    def of(self, entry: Told, said: StatusSaid) -> tuple[FuzzyDate, FuzzyDate | None]:
        """The deadline of an entry, and the one it replaces."""
        told = [self._read(entry, value, text, place) for value, text, place in self._cells(entry)]
        if said.deadline:
            told.append(self._moved(entry, parse(said.deadline, written_on=self.bases[0]), told[-1:]))
        if not told and (months := self._months(entry)):
            told.append(parse(months, written_on=self.bases[0]))
        told = [self._begun(entry, one) for one in told if one.text]
        if not told:
            return FuzzyDate(), None
        last, first = told[-1], told[0]
        if self.origin_on and last.latest and last.latest < self.origin_on:
            message = f"L’échéance « {last.text} » précède l’origine du plan, le {in_words(self.origin_on)}."
            entry.problems.append(error(message, entry.at(DEADLINE)))
        return last, first if first.text != last.text else None

    def _moved(self, entry: Told, moved: FuzzyDate, before: list[FuzzyDate]) -> FuzzyDate:
        """« Reporté au » a day before the deadline is a question."""
        first = before[0].latest if before else None
        if first is None or moved.latest is None or moved.latest >= first:
            return moved
        early = replace(moved, doubt=f"Ce jour précède l’échéance « {before[0].text} ».")
        return self._doubtful(entry, moved.text, entry.at(STATUS), early, [moved])

    def _cells(self, entry: Told) -> Iterator[tuple[object, str, ReadPlace]]:
        """What is told of the deadline, first promise first; « 31/12/23 (reporté au 31/03/24) » tells two."""
        order = self.chosen.get(entry.row.table.name, []) if entry.row else []
        cells = [cell for code in (DEADLINE, REVISED) for cell in entry.cells(code)]
        if order:
            kept = [cell for cell in cells if cell[0] in order or cell in entry.cells(REVISED)]
            cells = sorted(kept, key=lambda cell: order.index(cell[0]) if cell[0] in order else len(order))
        for _column, value, text, place in cells:
            if isinstance(value, str) and (moved := _MOVED.fullmatch(text)):
                yield from ((part, part, place) for part in moved.groups())
            else:
                yield value, text, place

    def _read(self, entry: Told, value: object, text: str, place: ReadPlace) -> FuzzyDate:
        """One cell: sure, asked where it may be read in two ways, or words kept with a warning."""
        if isinstance(value, date):
            shown, exact = parse(text), value.date() if isinstance(value, datetime) else value
            return self._near(entry, place, shown if shown.latest == shown.earliest == exact else parse(exact))
        if len(text) > LONGEST:
            entry.problems.append(error(f"L’échéance dépasse {LONGEST} caractères : écrivez-la plus court.", place))
            return FuzzyDate(text[:LONGEST], kind=Kind.UNKNOWN)
        day = _day(text, self.order, self.bases[0].year)
        if self.order == DateOrder.MONTH_DAY and isinstance(day, date):
            return FuzzyDate(text, day, day, kind=Kind.DAY)
        readings = _readings(text, *self.bases)
        if isinstance(day, Impossible) or _SERIAL.fullmatch(text) or readings[0].problem:
            return self._doubtful(entry, text, place, day if isinstance(day, Impossible) else readings[0], [])
        if len(readings) > 1 or (readings[0].doubt and not (self.source.updated_on or self.origin_on)):
            return self._doubtful(entry, text, place, readings[0], readings)
        if not readings[0].is_known:
            message = f"L’échéance « {short(text)} » n’est pas comprise : ses mots sont gardés, sans date."
            entry.problems.append(warning(message, place))
        return self._near(entry, place, readings[0])

    def _near(self, entry: Told, place: ReadPlace, found: FuzzyDate) -> FuzzyDate:
        """A day further than a plan may look is asked: « 2072 » for 2027."""
        if found.latest is None or found.latest.year - self.bases[0].year <= FURTHEST:
            return found
        far = replace(found, doubt=f"Ce jour est à plus de {FURTHEST} ans.")
        return self._doubtful(entry, found.text, place, far, [found])

    def _doubtful(self, entry: Told, text: str, place: ReadPlace, why: object, readings: list[FuzzyDate]) -> FuzzyDate:
        """Ask what the words mean; a day that does not exist in a column of days is an error."""
        told = getattr(why, "why", "") or getattr(why, "problem", "") or getattr(why, "doubt", "")
        if isinstance(why, Impossible) and self.are_days:
            entry.problems.append(error(told, place))
            return FuzzyDate(text, kind=Kind.UNKNOWN)
        days = {f"{one.earliest or ''}/{one.latest or ''}": one for one in readings or _repaired(text)}
        if not days and not isinstance(why, Impossible):
            kept = f"{told or f'L’échéance « {short(text)} » n’est pas comprise.'} Ses mots sont gardés, sans date."
            entry.problems.append(warning(kept, place))
            return FuzzyDate(text, kind=Kind.UNKNOWN)
        options = [Option(code, fuzzy_dates.words(one)) for code, one in days.items()]
        question = f"Quelle échéance veut dire « {short(text)} » ? {told}".strip()
        options = [*options, Option(KEEP, "Garder ces mots, sans date")]
        answer = self.words.read(
            "deadline", text, place, options, proposed=options[0].value if readings else "", question=question
        )
        found = days.get(answer)
        return (
            FuzzyDate(text, found.earliest, found.latest, kind=found.kind)
            if found
            else FuzzyDate(text, kind=Kind.UNKNOWN)
        )

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
        columns = table.of_role(DEADLINE)
        cells = [entry.cells(DEADLINE) for entry in self.source.entries if entry.row and entry.row.table is table]
        places = [cell[3] for told in cells if len({text for _, _, text, _ in told}) > 1 for cell in told]
        if len(columns) < 2 or not places:
            return []
        options = [Option(letters(one.number), f"« {one.heading} » ({letters(one.number)}) seule") for one in columns]
        first, last = columns[0], columns[-1]
        both = f"{letters(first.number)}>{letters(last.number)}"
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
        by_letters = {letters(column.number): column.number for column in columns}
        return [by_letters[name] for name in (ask.value or both).split(">")]

    def _begun(self, entry: Told, deadline: FuzzyDate) -> FuzzyDate:
        """« Début » and « Fin » are one period."""
        start = read_day(next((value for _column, value, _text, _place in entry.cells(START)), None) or "")
        end = deadline.latest
        if not isinstance(start, date) or end is None or deadline.kind != Kind.DAY or start >= end:
            return deadline
        return parse(f"du {start:%d/%m/%Y} au {end:%d/%m/%Y}")

    def _months(self, entry: Told) -> str:
        """« de mars à mai 2023 »: from the first month with a cross to the last one."""
        row = entry.row
        periods = self.periods[row.table.name] if row else {}
        crossed = {column for column, _value, text, _place in entry.cells(MONTH) if len(text) < 4}
        if not crossed and row:  # months may be coloured instead
            filled = {column for column in periods if row.facing.cell(row.number, column).fill}
            crossed = filled if len(filled) < len(periods) else set()
        known = [periods[column] for column in crossed if column in periods]
        if not known:
            return ""
        first_year, first = min((one.year or self.year, one.first) for one in known)
        last_year, last = max((one.year or self.year, one.month) for one in known)
        end = f"{month_name(last)} {last_year}"
        begin = month_name(first) if first_year == last_year else f"{month_name(first)} {first_year}"
        return end if (first_year, first) == (last_year, last) else f"de {begin} à {end}"


def month_fit(heading: str) -> Fit:
    """Whether a heading names a month or a quarter of a timetable, its year said or not; « J F M A » too."""
    if heading.strip() in MONTH_INITIALS:
        return Fit.EXACT if len(heading.strip()) == 1 else Fit.NONE
    found = spelling_in(heading)
    return Fit.EXACT if found and not found.rest and found.writing != Writing.BARE else Fit.NONE


def _periods(table: TableRead) -> dict[int, Period]:
    """The month or quarter of each column of a timetable."""
    columns = table.of_role(MONTH)
    initials = "".join(column.heading.strip() for column in columns)
    if len(initials) == len(columns) and (start := (2 * MONTH_INITIALS).find(initials)) >= 0:
        return {column.number: Period((start + at) % 12 + 1) for at, column in enumerate(columns)}
    found = {column.number: spelling_in(column.heading) for column in columns}
    return {number: one.period for number, one in found.items() if one}


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
    elif len(parts := [int(part) for part in re.findall(r"\d+", text)]) == 3:
        year = parts[0] if parts[0] > 31 else parts[2]
        first, second = (parts[1], parts[2]) if parts[0] > 31 else parts[:2]
        for month, day in ((first, second), (second, first)):
            if 1 <= month <= 12 and 1 <= day <= 31:
                year += 2000 if year < 100 else 0
                yield parse(date(year, month, min(day, monthrange(year, month)[1])))
    elif (found := parse(_WEEKDAY.sub("", text))).kind == Kind.DAY:
        yield found
