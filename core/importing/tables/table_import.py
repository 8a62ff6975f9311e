"""The import of a plain table, declared by its columns: reading, match, changes, questions and account follow.

A kind gives `columns` with their readers, then the hooks of the trade: `stored`, `match`, `check`, `write`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from operator import attrgetter
from typing import Any, ClassVar

from django.utils import timezone

from core.base.words import in_words
from core.importing.accounts import Accounts
from core.importing.asks import Ask, Option
from core.importing.kind import FileImport, Record
from core.importing.layout import Layout, TableRead
from core.importing.lines import Fate, Line, LineChange
from core.importing.places import Problem, error, warning
from core.importing.plan import Plan
from core.importing.tables.closing import account_of
from core.importing.tables.doubles import settle_double
from core.importing.tables.readers import Entry
from core.importing.tables.reading import read_lines
from core.importing.tables.recognise import recognise
from core.importing.tables.rows import RowCell, SourceRow
from core.importing.tables.undated import with_years
from core.importing.tables.wanted import Wanted
from core.importing.vocabulary import Words
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import Workbook

MOST_TITLES = 8  # said of a file without a table


@dataclass
class Entered:
    """A line as it was read: the values of the roles that it fills, and the row of the database it is about.

    `extra` is for what the trade makes of the values. `wrong` and `doubtful` are for `check`: a French sentence at the
    cell of a role.
    """

    row: SourceRow
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    target: Any = None
    extra: Any = None

    def wrong(self, code: str, why: str) -> None:
        self.problems.append(error(why, self.row.place(code)))

    def doubtful(self, code: str, why: str) -> None:
        self.problems.append(warning(why, self.row.place(code)))


class TableImport(FileImport[Record]):
    """A table with one thing a line. A role that a line leaves empty leaves what is stored as it is."""

    columns: ClassVar[Sequence[Wanted]]
    technical: ClassVar[str] = ""
    joins: ClassVar[bool] = True  # whether a line may be the end of the one above

    # What the app gives -------------------------------------------------------------------------------------------
    def is_table(self, said: set[str]) -> bool:
        """Whether a row that names these roles heads a table; a line of data may name one or two."""
        return len(said) >= 2

    def options(self, code: str) -> Sequence[Option]:
        """What the names of a `Lookup` are looked for among."""
        return ()

    def stored(self, entries: Sequence[Entered]) -> Any:
        """What the database has for these lines, in a constant number of queries."""
        raise NotImplementedError

    def layout_of(self, book: Workbook) -> Layout:
        """The tables of the file and the role of each column."""
        return recognise(book, self.columns, given=self.given, technical=self.technical, is_table=self.is_table)

    def lines_of(self, row: SourceRow) -> Iterable[SourceRow]:
        """What a line of the file holds: one thing, or one in each of several cells (`row_cell`)."""
        return (row,)

    def gathered(self, entries: Sequence[Entered]) -> Sequence[Entered]:
        """The lines, those that complete another one taken into it."""
        return entries

    def match(self, entry: Entered, stored: Any) -> Any:
        """The row of the database that a line is about; None for a new one."""
        raise NotImplementedError

    def check(self, entry: Entered) -> None:
        """The rules of the trade: `entry.wrong`, `entry.doubtful`."""

    def before(self, entry: Entered, code: str) -> Any:
        """What the database says of a role, of a line that it has."""
        return getattr(entry.target, code)

    # What follows from it -----------------------------------------------------------------------------------------
    def plan(self, book: Workbook) -> Plan:
        found = with_years(book, self.layout_of(book), self.columns, given=self.given, today=timezone.localdate())
        layout = replace(found, tables=self._without_lists(found.tables))
        if not layout.tables and not layout.asks:
            raise SpreadsheetError(f"Aucun tableau dans ce fichier : il faut une ligne de titres ({self._titles}).")
        lines = read_lines(book, layout, self.columns, given=self.given, joins=self.joins)
        words = Words(self.given)
        looked_up = {one.code: self.options(one.code) for one in self.columns}
        entries = self.gathered([self._entered(row, words, looked_up) for line in lines for row in self.lines_of(line)])
        asks = [*lines.asks, *self.settle_doubles(entries)]
        stored = self.stored(entries)
        planned = [self._line(entry, stored) for entry in entries]
        accounts = account_of(book, layout, lines)
        _account_words(accounts, words)
        remarks = [warning(remark.text) for remark in book.remarks]
        return Plan(
            layout,
            accounts,
            lines=planned,
            words=words,
            asks=asks,
            problems=[*remarks, *self._missing(layout), *lines.problems],
            reading={"rows": [self._told(entry) for entry in entries]},
        )

    def _without_lists(self, tables: Sequence[TableRead]) -> tuple[TableRead, ...]:
        """The tables, less those beside a complete one that lack what every line needs: lists of words, statistics."""
        lacking = {table.name: list(self._lacking(table)) for table in tables}
        if not any(table.is_read and not lacking[table.name] for table in tables):
            return tuple(tables)
        return tuple(
            replace(table, is_read=False, left_out=f"aucune colonne « {lacking[table.name][0].label} »")
            if table.is_read and lacking[table.name] and not table.is_undecided
            else table
            for table in tables
        )

    def _lacking(self, table: TableRead) -> Iterable[Wanted]:
        """The roles that every line needs and that no column of a table has."""
        return (one for one in self.columns if one.is_required and not table.of_role(one.code))

    def _missing(self, layout: Layout) -> Iterator[Problem]:
        """The roles that every line needs and that no column has, once nothing is asked about a table's columns."""
        for table in layout.tables:
            if table.is_read and not any(column.role.is_open for column in table.columns):
                for one in self._lacking(table):
                    place = table.place(table.headings[1], 0)
                    yield error(f"Aucune colonne « {one.label} » dans « {table.name} ».", place)

    @property
    def _titles(self) -> str:
        """The columns to look for, those that every line needs first."""
        labels = [one.label for one in sorted(self.columns, key=lambda one: not one.is_required)]
        return ", ".join(labels[:MOST_TITLES]) + ("…" if len(labels) > MOST_TITLES else "")

    def _entered(self, row: SourceRow, words: Words, options: Mapping[str, Sequence[Option]]) -> Entered:
        entry = Entered(row)
        for one in self.columns:
            if row.cell(one.code) is None:
                if one.is_required and row.table.of_role(one.code):
                    entry.wrong(one.code, f"{one.label} : cette cellule est vide.")
                continue
            if not row.text(one.code):
                continue  # a formula in error or without value, told as such at its cell
            said = one.read(Entry(row, one.code, one.label, words, options[one.code]))
            if said.problem:
                entry.problems.append(said.problem)
            if said.is_asked:
                entry.asked.add(one.code)
            elif said.value is not None:
                entry.values[one.code] = said.value
        return entry

    def settle_doubles(self, entries: Iterable[Entered]) -> list[Ask]:
        """Lines of one key: the same thing again is left out, other things are a question."""
        groups: dict[tuple[str, ...], list[Entered]] = {}
        keys = [one.code for one in self.columns if one.is_key]
        for entry in entries:
            if keys and all(code in entry.values for code in keys):
                groups.setdefault(tuple(in_words(entry.values[code]) for code in keys), []).append(entry)
        return [ask for key, group in groups.items() if len(group) > 1 and (ask := self._double(key, group))]

    def _double(self, key: tuple[str, ...], group: Sequence[Entered]) -> Ask | None:
        lines = [(entry.row, entry.values, next(iter(entry.values))) for entry in group]
        return settle_double(", ".join(key), lines, given=self.given)

    def _line(self, entry: Entered, stored: Any) -> Line:
        row = entry.row
        told = [one for one in self.columns if row.cell(one.code) is not None]
        label = " · ".join(" ".join(row.text(one.code).split()) for one in _naming(told)[:2])
        line = Line(row.key, row.place_of_row, label, content=entry)
        line.written = [LineChange(one.label, "", row.text(one.code), row.place(one.code)) for one in told]
        line.problems = entry.problems
        if not row.left_out and not line.has_error and self._is_told(entry):
            entry.target = self.match(entry, stored)
            self.check(entry)
        line.fate, line.changes = self._fate(entry, line)
        return line

    def _is_told(self, entry: Entered) -> bool:
        """Whether the line says what it is about: its column may still be asked about."""
        return all(one.code in entry.values for one in self.columns if one.is_key or one.is_required)

    def _fate(self, entry: Entered, line: Line) -> tuple[Fate, list[LineChange]]:
        if entry.row.left_out:
            return Fate.LEFT_OUT, []
        if line.has_error:
            return Fate.REFUSED, []
        if entry.asked or entry.row.asked or not self._is_told(entry):
            return Fate.ASKED, []
        changes = self.changes(entry)
        if entry.target is None:
            return Fate.CREATED, changes
        return (Fate.CHANGED if changes else Fate.UNCHANGED), changes

    def changes(self, entry: Entered) -> list[LineChange]:
        """What recording the line would change, role by role."""
        found = []
        for one in self.columns:
            if one.code in entry.values:
                after = entry.values[one.code]
                before = None if entry.target is None else self.before(entry, one.code)
                if before != after if entry.target is not None else after != "":
                    place = entry.row.place(one.code)
                    found.append(LineChange(one.label, _said(one, before), _said(one, after), place))
        return found

    def _told(self, entry: Entered) -> dict[str, Any]:
        """The line as `--format json` prints it."""
        row = entry.row
        place = row.place_of_row if isinstance(row, RowCell) else row.place(next(iter(entry.values), ""))
        values = {code: _plain(value) for code, value in entry.values.items()}
        return {"sheet": place.sheet, "cell": place.cell, **values}


def _account_words(accounts: Accounts, words: Words) -> None:
    """The account closed, once the words that wait for an answer are asked about at their cells."""
    for ask in filter(attrgetter("is_open"), words.asks()):
        accounts.ask(((place.sheet, place.row, place.column) for place in ask.places), ask.code)
    accounts.close()


def _naming(told: list[Wanted]) -> list[Wanted]:
    """The roles by which a line is named: its key, else what is no status."""
    return [one for one in told if one.is_key] or [one for one in told if one.colour != "status"] or told


def _said(wanted: Wanted, value: Any) -> str:
    """A value in words: its label, where the reader of the column has options."""
    options: Sequence[Option] = getattr(wanted.read, "options", ())
    return next((option.label for option in options if option.value == value), in_words(value))


def _plain(value: Any) -> str | bool:
    """A value as JSON tells it."""
    if isinstance(value, bool):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)
