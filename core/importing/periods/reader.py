"""From a workbook to items: finds the tables « labels × periods », settles year and site, accounts for the cells."""

import re
from dataclasses import dataclass, field

from core.base.months import month_name
from core.importing.accounts import Accounts
from core.importing.asks import Ask, Given, Option, Settled, settle
from core.importing.layout import COLUMNS, ROWS, ColumnRead, Layout, TableRead
from core.importing.periods import groups, joining, settling
from core.importing.periods.checks import holes, long_heading, twice
from core.importing.periods.columns import Columns
from core.importing.periods.heads import LEAST_PERIODS, Band, find_bands
from core.importing.periods.items import Item, PeriodLines, names_lines
from core.importing.periods.naming import title_over
from core.importing.periods.roles import (
    COMPUTED,
    FIGURES,
    GAP,
    MEAN,
    NOT_READ,
    PeriodsWanted,
)
from core.importing.periods.spans import period_of_code, spelling_in
from core.importing.periods.views import View
from core.importing.places import Problem, ReadPlace, error, warning
from core.sheets.reading.model import Sheet, Workbook

NO_TABLE = (
    "Aucun tableau de mois n’a été trouvé dans le fichier : il faut les mois (« Janv », « Févr »… ou « 01/2020 ») "
    "ou les trimestres en titres de colonnes ou de lignes, ou une colonne « Mois », et une colonne de libellés."
)
MOST_ITEMS, MOST_LINES = 1_000, 50_000
_AXES = (Option(COLUMNS, "Les mois sont en colonnes"), Option(ROWS, "Les mois sont en lignes"))
YES, NO = "yes", "no"
_READ = (Option(YES, "Lire cette feuille"), Option(NO, "Ne pas la lire"))
NOT_READ_WHY = {
    GAP: "écart : nous le calculons",
    COMPUTED: "calculé par le fichier",
    MEAN: "moyenne ou total de l’année : comparé, non repris",
}


@dataclass
class PeriodTable:
    """One table: its place, its columns, its lines."""

    name: str
    band: Band
    columns: tuple[ColumnRead, ...]
    is_long: bool
    asks: tuple[Ask, ...]
    title: str = ""
    items: list[Item] = field(default_factory=list)
    is_read: bool = True
    joined: set[int] = field(default_factory=set)  # lines told with those of another sheet

    @property
    def sheet(self) -> Sheet:
        return self.band.view.sheet


@dataclass
class PeriodReading:
    """What the file holds, for the year and the site asked for."""

    layout: Layout
    items: list[Item]
    problems: list[Problem]
    year_asked: bool = False


class PeriodReader:
    """Reads a workbook once, with the answers at hand."""

    def __init__(self, book: Workbook, given: Given, wanted: PeriodsWanted, accounts: Accounts):
        self.book, self.given, self.wanted, self.accounts = book, given, wanted, accounts
        self.problems: list[Problem] = []
        self.asks: list[Ask] = []
        self.tables: list[PeriodTable] = []
        named = {sheet.name: spelling_in(sheet.name) for sheet in book.sheets}
        months = {name: spelling.period for name, spelling in named.items() if spelling and not spelling.rest}
        self.by_month = months if len(months) >= LEAST_PERIODS else {}  # a sheet for each month

    def read(self) -> PeriodReading:
        """The tables, their questions, and the items of the year and site wanted."""
        for sheet in self.book.sheets:
            self._sheet(sheet)
        if not self.tables:
            self._again(least=1)
        if not self.tables:
            self.problems = [error(NO_TABLE)]
        for table in self.tables:
            self.asks += filter(None, [settling.date_heads(self, table)])
            self._items(table)
        self.asks += settling.settle_years(self)
        joining.join_months(self)
        joining.join_parts(self)
        self.asks += groups.settle_groups(self)
        for table in self.tables:
            self._account(table)
        items = [item for table in self.tables if table.is_read for item in table.items]
        if len(items) > MOST_ITEMS:
            self.problems.append(_too_long(len(items), items[0].place))
            items = []
        return PeriodReading(self._layout(), items, self.problems)

    # Sheets and tables ---------------------------------------------------------------------------------------------
    def _sheet(self, sheet: Sheet, *, least: int = LEAST_PERIODS) -> None:
        if not sheet.row_count:
            return
        is_closed = sheet.is_hidden and self.given.answer(f"sheet:{sheet.name}") is None
        found = [] if is_closed else self._tables(sheet, least=least)
        why = "est masquée" if sheet.is_hidden else "ne contient pas de tableau de mois"
        ask = settle(
            self.given,
            f"sheet:{sheet.name}",
            f"Lire la feuille « {sheet.name} » ?",
            _READ,
            found=YES if found else NO,
            places=(ReadPlace(sheet.name),),
        )
        self.asks.append(ask)
        if ask.value == YES:
            self.tables += found
            return
        if ask.source == Settled.FOUND:
            self.problems.append(
                warning(f"La feuille « {sheet.name} » {why} ; elle n’est pas lue.", ReadPlace(sheet.name))
            )
        self._leave(sheet, f"feuille qui {why}" if ask.source == Settled.FOUND else "feuille non lue (choisi)")

    def _again(self, *, least: int) -> None:
        """A file without three months in a row: the return of one month, beside a heading that is known."""
        self.asks, problems, self.problems = [], self.problems, []
        for sheet in self.book.sheets:
            self._sheet(sheet, least=least)
        self.problems = self.problems if self.tables else problems

    def _tables(self, sheet: Sheet, *, least: int = LEAST_PERIODS) -> list[PeriodTable]:
        upright = View(sheet, COLUMNS)
        answer = self.given.answer(f"axis:{sheet.name}")
        axes = (answer[0],) if answer else (COLUMNS, ROWS)
        heading = self._heading(sheet)
        line = self._long_line(upright, heading, is_asked=COLUMNS in axes)
        if line:
            band = Band(upright, line, max(line - 3, 1), line, upright.lines)
            return [self._found(band, sheet.name, heading, is_long=True)]
        for axis in axes:
            view = upright if axis == COLUMNS else View(sheet, ROWS)
            bands = find_bands(view, self.wanted, heading=heading, least=least)
            if bands:
                return [
                    self._found(band, sheet.name if rank == 1 else f"{sheet.name} ({rank})", heading)
                    for rank, band in enumerate(bands, start=1)
                ]
        return []

    def _long_line(self, view: View, heading: int, *, is_asked: bool) -> int:
        """The headings of a long table; 0 without one. The sheet of a month says the period of its lines."""
        line = long_heading(view, self.wanted, heading) if is_asked else 0
        if not line and view.sheet.name in self.by_month:
            line = long_heading(view, self.wanted, heading, has_period=False)
        return line

    def _heading(self, sheet: Sheet) -> int:
        answer = self.given.answer(f"heading:{sheet.name}")
        return int(answer[0]) if answer and answer[0].isdigit() else 0

    def _found(self, band: Band, name: str, heading: int, *, is_long: bool = False) -> PeriodTable:
        columns = Columns(band, name, self.given, self.wanted, is_long=is_long).settled()
        kind = "ligne" if band.view.is_upright else "colonne"
        lines = range(1, min(band.view.lines, 40) + 1)
        options = [Option(str(line), f"{kind} {line}") for line in lines]
        asks = (
            settle(
                self.given,
                f"heading:{name}",
                f"Quelle {kind} porte les titres ?",
                options,
                found=str(heading or band.line),
            ),
            settle(self.given, f"axis:{name}", "Dans quel sens va le tableau ?", _AXES, found=band.view.axis),
        )
        return PeriodTable(name, band, columns, is_long, asks, title=settling.title_of(band))

    # Items and accounts --------------------------------------------------------------------------------------------
    def _items(self, table: PeriodTable) -> None:
        band, where = table.band, ReadPlace(table.sheet.name)
        if not any(names_lines(column) for column in table.columns) and not title_over(band):
            self.problems.append(
                error(f"La feuille « {table.sheet.name} » n’a pas de colonne de libellés. Ajoutez-la.", where)
            )
            return
        lines, most = band.end - band.last, MOST_LINES if table.is_long else 3 * MOST_ITEMS
        if lines > most and sum(bool(band.view.filled(line)) for line in range(band.last + 1, band.end + 1)) > most:
            self.problems.append(_too_long(lines, where))
            return
        month = self.by_month.get(table.sheet.name)
        table.items = PeriodLines(band, table.columns, self.wanted, is_long=table.is_long, month=month).items()
        self._check_months(table)

    def _check_months(self, table: PeriodTable) -> None:
        """Say the months that two columns give, else those that none does, unless a person chose the columns."""
        pairs = twice(table.columns, table.band)
        self.problems += [self._twice(table, one, other) for one, other in pairs]
        if not pairs and all(column.role.source != Settled.CHOSEN for column in table.columns):
            self.problems += [self._hole(table, number) for number in holes(table.columns)]

    def _twice(self, table: PeriodTable, one: ColumnRead, other: ColumnRead) -> Problem:
        first, second = (table.band.view.place(table.band.line, column.number) for column in (one, other))
        period = period_of_code(other.setting("period"))
        told = f"Deux colonnes portent {_the_month(period.words if period else '')} : {first.cell} et {second.cell}."
        return error(f"{told} Dites laquelle est à lire.", second)

    def _hole(self, table: PeriodTable, month: int) -> Problem:
        place = table.band.view.place(table.band.line, min(table.band.heads))
        return error(
            f"Le mois {_of(month_name(month))} manque entre deux mois lus : son titre n’est pas compris.", place
        )

    def _account(self, table: PeriodTable) -> None:
        """Headings and lines read; columns and lines that are not taken, with the reason."""
        band, accounts = table.band, self.accounts
        if not table.is_read:
            return
        by_place = {column.number: column for column in table.columns}
        for line in range(band.top, band.last + 1):
            accounts.read(*(_cell(band.view, line, place) for place in band.view.filled(line)))
        for line in sorted({line for item in table.items for line in item.lines} | table.joined):
            for place in band.view.filled(line):
                if place in by_place:
                    self._account_cell(table, by_place[place], _cell(band.view, line, place))
        self._say_unread(table)

    def _account_cell(self, table: PeriodTable, column: ColumnRead, cell: tuple[str, int, int]) -> None:
        """A cell beside the figures is read with its column; those of figures are told by the trade."""
        if not column.code:  # asked, or following the one that is
            self.accounts.ask([cell], column.role.code)
        elif column.code == NOT_READ:
            self.accounts.leave_out([cell], _why_not_read(column))
        elif column.code in NOT_READ_WHY:
            self.accounts.leave_out([cell], NOT_READ_WHY[column.code])
        elif not (column.number in table.band.heads or (table.is_long and column.code in FIGURES)):
            self.accounts.read(cell)

    def _say_unread(self, table: PeriodTable) -> None:
        for column in table.columns:
            if column.code == NOT_READ and column.role.source == Settled.FOUND and column.heading:
                where = table.band.view.place(table.band.line, column.number)
                kind = "colonne" if table.band.view.is_upright else "ligne"
                self.problems.append(warning(f"La {kind} « {column.heading[:60]} » n’est pas lue.", where))

    def _leave(self, sheet: Sheet, why: str) -> None:
        self.accounts.leave_out((cell for cell in self.accounts.filled if cell[0] == sheet.name), why)

    def _layout(self) -> Layout:
        tables = tuple(
            TableRead(
                table.name,
                table.sheet.name,
                (table.band.first, table.band.last),
                (table.band.last + 1, table.band.end),
                table.columns,
                table.band.view.axis,
                table.asks,
                table.is_read,
            )
            for table in self.tables
        )
        headings = "|".join(column.heading for table in self.tables for column in table.columns)
        return Layout(tables, tuple(self.asks), self.wanted.all_roles, settling.signature(headings))


def _cell(view: View, line: int, place: int) -> tuple[str, int, int]:
    return (view.sheet.name, line, place) if view.is_upright else (view.sheet.name, place, line)


def _why_not_read(column: ColumnRead) -> str:
    if column.role.source == Settled.CHOSEN:
        return "colonne non lue (choisi)"
    return f"colonne non lue : {column.evidence}"


def _too_long(number: int, place: ReadPlace) -> Problem:
    told = f"Le tableau compte {number} lignes ; {MOST_ITEMS} au plus sont lues."
    return error(f"{told} Vérifiez que vous avez choisi le bon fichier.", place)


def _of(month: str) -> str:
    """« de mars », « d’avril »."""
    return f"d’{month}" if month[0] in "ao" else f"de {month}"


def _the_month(words: str) -> str:
    return f"le mois {_of(words)}" if not re.match(r"\d", words) else f"le {words}"
