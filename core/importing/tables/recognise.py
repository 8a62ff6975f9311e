"""Recognise the tables of a workbook: sheets, heading rows, axis, roles; the person's answers first, everywhere."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from core.importing.accounts import Cell
from core.importing.asks import Ask, Given, Option, settle
from core.importing.layout import COLUMNS, ROWS, Layout, TableRead
from core.importing.places import ReadPlace
from core.importing.tables.documents import continued, goes_on, is_document
from core.importing.tables.facing import Facing, filled_of
from core.importing.tables.headings import HeadedTable, IsTable, Search
from core.importing.tables.roles import LEFT_UNREAD, columns_of
from core.importing.tables.settings import settled
from core.importing.tables.wanted import Judge, Wanted
from core.importing.words import plain
from core.sheets.reading.model import Sheet, Workbook

YES, NO = "yes", "no"
YES_OR_NO = (Option(YES, "oui"), Option(NO, "non"))
AXES = (Option(COLUMNS, "au-dessus des colonnes"), Option(ROWS, "à gauche des lignes"))
SURE_ROLES = 3  # named by one row: nobody looks whether the table lies
LARGEST_TURNED = 500  # rows of a sheet whose headings may go down
PROPOSED_LINES = 60  # heading lines offered in a list
LONGEST_SAMPLE = 60


def filled_cells(book: Workbook) -> frozenset[Cell]:
    """Every cell of a file that holds something: a value, a formula without value, a text under a merged block."""
    found: set[Cell] = set()
    for sheet in book.sheets:
        name = sheet.name
        for row, values in enumerate(sheet.values, start=1):
            found.update([(name, row, column) for column in filled_of(values)])
        unseen = (place for place, marks in sheet.marks.items() if marks.lacks_value or marks.covered_text)
        found.update((name, *place) for place in unseen)
    return frozenset(found)


def recognise(
    book: Workbook,
    wanted: Sequence[Wanted],
    *,
    given: Given,
    is_table: IsTable | None = None,
    technical: str = "",
    least: int = 2,
    opens: Callable[[str], bool] | None = None,
) -> Layout:
    """The layout of a file: its tables with the role of each column, found, answered or asked.

    `is_table` says whether the roles that a row names make it a heading row (`least` of them by default); `technical`
    headings (a regular expression on their plain words) are left unread; `opens` tells a title that begins another
    table under the same headings.
    """
    judge = Judge(wanted, technical)
    reading = _Reading(judge, given, is_table or (lambda said: len(said) >= least), opens)
    sheets = [reading.sheet(sheet) for sheet in book.sheets if sheet.row_count and not sheet.is_lines]
    is_known = any(one.is_known for one in sheets)
    asks: list[Ask] = []
    read: list[TableRead] = []
    for one in sheets:
        end = _end_of(book, one, read, given=given)
        ask = _sheet_ask(one, given, is_known=is_known, is_end=end is not None)
        if len(book.sheets) > 1 or one.sheet.is_hidden:
            asks.append(ask)
        if ask.value != NO:
            read += [end] if end else reading.tables(one)
    tables = settled(read, book.sheets, judge, given=given)
    return Layout(tables, tuple(asks), judge.roles, _signature(sheets))


@dataclass(frozen=True)
class _Seen:
    """What stands in one sheet by itself, before any answer."""

    sheet: Sheet
    tables: list[HeadedTable]
    is_known: bool
    axis: str
    is_axis_sure: bool


@dataclass
class _Reading:
    judge: Judge
    given: Given
    is_table: IsTable
    opens: Callable[[str], bool] | None

    def sheet(self, sheet: Sheet) -> _Seen:
        """The tables of a sheet, headings above or at the left: those that say most."""
        above = self._search(sheet, COLUMNS).tables()
        may_lie = _says(above) < SURE_ROLES and not _is_whole(above) and sheet.row_count <= LARGEST_TURNED
        left = self._search(sheet, ROWS).tables() if may_lie else []
        if not above and not left:
            guess = self._search(sheet, COLUMNS).guess()
            return _Seen(sheet, [guess] if guess else [], is_known=False, axis=COLUMNS, is_axis_sure=True)
        if _says(left) > _says(above):
            return _Seen(sheet, left, is_known=True, axis=ROWS, is_axis_sure=not above)
        return _Seen(sheet, above, is_known=True, axis=COLUMNS, is_axis_sure=True)

    def tables(self, seen: _Seen) -> list[TableRead]:
        """The tables of a sheet with the answers given."""
        axis = self._axis(seen)
        search = self._search(seen.sheet, axis.value or seen.axis)
        found = seen.tables if search.facing.axis == seen.axis else search.tables()
        if not found:
            guess = search.guess()
            found = [guess] if guess else []
        return [
            table
            for rank, one in enumerate(found, start=1)
            if (table := self._table(search, one, axis if rank == 1 else None, rank=rank))
        ]

    def _search(self, sheet: Sheet, axis: str) -> Search:
        return Search(Facing(sheet, axis), self.judge, self.is_table, self.opens)

    def _axis(self, seen: _Seen) -> Ask:
        return settle(
            self.given,
            f"axis:{seen.sheet.name}",
            "Où sont les titres ?",
            AXES,
            found=seen.axis if seen.is_axis_sure else "",
            proposed=seen.axis,
            places=[ReadPlace(seen.sheet.name)],
        )

    def _table(self, search: Search, found: HeadedTable, axis: Ask | None, *, rank: int) -> TableRead | None:
        name = search.facing.sheet.name + (f" ({rank})" if rank > 1 else "")
        ask = self._heading(search, found, name)
        if ask.value not in ("", LEFT_UNREAD) and int(ask.value) != found.bottom:
            found = replace(search.at(int(ask.value)), end=max(found.end, int(ask.value)))
        asks = [ask, *([axis] if axis else []), *_hidden(found, self.given, name)]
        return TableRead(
            name=name,
            sheet=search.facing.sheet.name,
            headings=(found.top, found.bottom),
            body=(found.bottom + 1, found.end),
            columns=() if ask.value == LEFT_UNREAD else columns_of(found, self.judge, self.given, name=name),
            axis=search.facing.axis,
            asks=tuple(asks),
            is_read=ask.value != LEFT_UNREAD,
        )

    def _heading(self, search: Search, found: HeadedTable, name: str) -> Ask:
        facing = search.facing
        lines = [line for line in range(1, facing.height + 1) if facing.filled(line)]
        near = sorted({*lines[:PROPOSED_LINES], found.bottom})
        return settle(
            self.given,
            f"heading:{name}",
            "Quelle est la ligne des titres ?" if not facing.is_turned else "Quelle est la colonne des titres ?",
            [
                *(Option(str(line), _sample(facing, line)) for line in near),
                Option(LEFT_UNREAD, "ne pas lire ce tableau"),
            ],
            found="" if found.is_guess else str(found.bottom),
            proposed=str(found.bottom),
            places=[facing.place(found.bottom, found.first)],
        )


def _says(tables: list[HeadedTable]) -> int:
    """How many roles the best table names."""
    return max((len(table.said) for table in tables), default=0)


def _is_whole(tables: list[HeadedTable]) -> bool:
    """Whether each heading of a table names a role of its own: it needs no other heading."""
    return any(len(table.said) == sum(map(bool, table.headings())) > 1 for table in tables)


def _end_of(book: Workbook, one: _Seen, read: list[TableRead], *, given: Given) -> TableRead | None:
    """The lines of a page that go on with the last table of the one before, in a document."""
    if not read or one.is_known or not is_document(book) or not goes_on(one.sheet, read[-1]):
        return None
    return continued(one.sheet, read[-1], given=given)


def _sheet_ask(seen: _Seen, given: Given, *, is_known: bool, is_end: bool) -> Ask:
    """Whether a sheet is read: not when it is hidden, nor when another one is known and this one is not."""
    is_read = not seen.sheet.is_hidden and (is_end or (bool(seen.tables) and (seen.is_known or not is_known)))
    name = seen.sheet.name
    return settle(
        given,
        f"sheet:{name}",
        f"Lire la feuille « {name} »{' (masquée)' if seen.sheet.is_hidden else ''} ?",
        YES_OR_NO,
        found=YES if is_read else NO,
        places=[ReadPlace(name)],
    )


def _hidden(found: HeadedTable, given: Given, name: str) -> list[Ask]:
    """Hidden lines and struck cells: to be taken or not."""
    facing = found.facing
    body = range(found.bottom + 1, found.end + 1)
    lines = [
        (line, facing.filled(line)[0]) for line in sorted(facing.hidden_lines) if line in body and facing.filled(line)
    ]
    struck = [place for place in sorted(facing.struck) if place[0] in body and facing.holds(*place)]
    asks = []
    for code, one, places in (("hidden", "ligne masquée", lines), ("struck", "cellule barrée", struck)):
        if places:
            many, them = (one.replace(" ", "s ") + "s", "les") if len(places) > 1 else (one, "la")
            question = f"{len(places)} {many} : {them} reprendre ?"
            told = [facing.place(*place) for place in places]
            asks.append(settle(given, f"{code}:{name}", question, YES_OR_NO, places=told, is_remembered=False))
    return asks


def _sample(facing: Facing, line: int) -> str:
    """« 4 : Constat, Action, Pilote… »."""
    number = str(line) if not facing.is_turned else facing.place(0, line).cell
    words = ", ".join(facing.words(line, column) for column in facing.filled(line)[:6])
    return f"{number} : {words[:LONGEST_SAMPLE]}{'…' if len(words) > LONGEST_SAMPLE else ''}"


def _signature(sheets: list[_Seen]) -> str:
    """Of the headings that stand in the file, whatever was answered; empty when there are none."""
    told = [[seen.axis, *(plain(heading) for heading in table.headings())] for seen in sheets for table in seen.tables]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest() if told else ""
