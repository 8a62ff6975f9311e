"""Which year and which site a table is of: said by its headings and titles, else asked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from core.base.months import month_name
from core.importing.asks import Ask, Option, settle
from core.importing.periods.heads import Band, Head
from core.importing.periods.roles import LABEL, NOT_READ
from core.importing.periods.years import range_in, years_in, years_named
from core.importing.places import Problem, ReadPlace, error, warning
from core.importing.words import plain
from core.sheets.reading.model import Cell

if TYPE_CHECKING:
    from core.importing.periods.items import Item
    from core.importing.periods.reader import PeriodReader, PeriodTable


def signature(headings: str) -> str:
    """The headings of a file, for what is remembered of them."""
    return hashlib.sha256(plain(headings).encode()).hexdigest()


# Titles -------------------------------------------------------------------------------------------------------
def title_of(band: Band) -> str:
    """The nearest title over a table."""
    for line in range(band.line - 1, band.top - 1, -1):
        cells = [band.view.at(line, place) for place in band.view.filled(line)]
        if len(cells) == 1 and isinstance(cells[0].value, str):
            return " ".join(cells[0].text.split())
    return ""


def _titles(table: PeriodTable) -> list[tuple[str, Cell | None, str]]:
    """(text, its cell, its address) of what may date a table: cells over the figures that head no column, the sheet."""
    band = table.band
    headings = {(column.number, column.heading) for column in table.columns if column.code not in (LABEL, NOT_READ)}
    found: list[tuple[str, Cell | None, str]] = []
    for line in range(band.top, band.last + 1):
        for place in band.view.filled(line):
            cell = band.view.at(line, place)
            is_heading = (place, " ".join(cell.text.split())) in headings or (line == band.line and place in band.heads)
            if not is_heading and not (line > band.line and place in band.heads):
                found.append((cell.text, cell, cell.address))
    return [*found, (table.sheet.name, None, "")]


# Years --------------------------------------------------------------------------------------------------------
def date_heads(reader: PeriodReader, table: PeriodTable) -> Ask | None:
    """« Septembre… août » under « 2022-2023 »: the months before January are of the first year. Else it is asked."""
    heads = sorted(table.band.heads.values(), key=lambda head: head.place)
    turn = _turn_of(heads)
    if not turn:
        return None
    span = next((span for text, _cell, _address in _titles(table) if (span := range_in(text))), None)
    wanted, first = reader.wanted.year, month_name(heads[0].period.month)
    ask = settle(
        reader.given,
        f"year:{table.name}",
        f"Les mois vont de {first} à {month_name(heads[-1].period.month)} : de quelle année est {first} ?",
        [Option(str(year), f"{first} {year}") for year in (wanted - 1, wanted)],
        found=str(span[0]) if span else "",
        proposed=str(wanted - 1),
        places=(table.band.view.place(table.band.line, heads[0].place),),
    )
    if span and not ask.value:
        ask = settle(
            reader.given, ask.code, ask.question, [*ask.options, Option(str(span[0]), str(span[0]))], found=str(span[0])
        )
    for head in heads:
        head.year = int(ask.value or wanted - 1) + (head.place >= turn)
    return ask


def _turn_of(heads: list[Head]) -> int:
    """The column where undated months begin again at January, once; 0 when they do not."""
    months = list(dict.fromkeys(head.period.month for head in heads))
    turns = [month for before, month in pairwise(months) if month < before]
    if len(turns) != 1 or months[-1] > months[0] or any(head.year for head in heads):
        return 0
    return next(head.place for head in heads if head.period.month == turns[0])


class YearsSaid(NamedTuple):
    """The years a table is of, whether its columns or lines say them, and where."""

    years: set[int]
    is_exact: bool
    address: str = ""

    def are_of(self, wanted: int) -> bool:
        """Whether the table is surely of a year, among others at most."""
        return self.years == {wanted} or (wanted in self.years and self.is_exact)

    def are_elsewhere(self, wanted: int) -> bool:
        """Whether the table is of other years only."""
        return bool(self.years) and wanted not in self.years

    def are_doubtful(self, wanted: int) -> bool:
        """Whether the table is of no year, or of several among which its figures are not told."""
        return not self.years or (wanted in self.years and len(self.years) > 1 and not self.is_exact)


def settle_years(reader: PeriodReader) -> list[Ask]:
    """Keep the figures of the year wanted; another year is an error or left out, an unsaid one is asked."""
    said = {table.name: _years_of(table) for table in reader.tables}
    wanted = reader.wanted.year
    is_elsewhere = all(years.are_elsewhere(wanted) for years in said.values())
    asked = reader.tables if is_elsewhere else _doubtful(reader.tables, said, wanted)
    ask = _year_ask(reader, asked, said)
    for table in reader.tables:
        if table in asked:
            _follow(reader, table, ask, said[table.name].address, waits=is_elsewhere and ask.is_open)
        elif said[table.name].are_elsewhere(wanted):
            first = min(said[table.name].years)
            told = f"Le tableau « {table.name} » est de {first} ; il n’est pas lu."
            reader.problems.append(warning(told, _where(table, said[table.name].address)))
            _drop(reader, table, f"autre année ({first})")
    for table in reader.tables:
        _keep_year(reader, table)
    return [ask] if reader.tables else []


def _doubtful(tables: list[PeriodTable], said: dict[str, YearsSaid], wanted: int) -> list[PeriodTable]:
    """The tables whose year is to be asked: none once another of the file is surely of the year wanted."""
    if any(years.are_of(wanted) for years in said.values()):
        return []
    return [table for table in tables if said[table.name].are_doubtful(wanted)]


def _follow(reader: PeriodReader, table: PeriodTable, ask: Ask, address: str, *, waits: bool) -> None:
    """Drop a table asked about unless it is of the year wanted; while nobody knows, it may wait."""
    wanted = reader.wanted.year
    if waits:
        _drop(reader, table, ask=ask)
    if ask.value not in ("", str(wanted)):
        year = int(ask.value) if ask.value.isdigit() else None
        reader.problems.append(_wrong(table, year, address, wanted))
        _drop(reader, table, "autre année")


def _years_of(table: PeriodTable) -> YearsSaid:
    heads = {head.year for head in table.band.heads.values() if head.year}
    lines = {year for item in table.items for fact in item.facts if (year := item.year_of(fact))}
    if heads or lines:
        return YearsSaid(heads | lines, True, _address_of_years(table.band))
    years: set[int] = set()
    address = ""
    for _text, cell, at in _titles(table):
        found = years_in(cell) if cell is not None else years_named(table.sheet.name)
        address = address or (at if found else "")
        years |= set(found)
    return YearsSaid(years, False, address)


def _address_of_years(band: Band) -> str:
    """The nearest cell over the first dated column that says its year, else its heading."""
    place = min((head.place for head in band.heads.values() if head.year), default=1)
    over = [band.view.seen(above, place) for above in range(band.line, band.top - 1, -1)]
    dated = (cell.address for cell in over if years_in(cell) or years_named(cell.text))
    return next(dated, band.view.place(band.line, place).cell)


def _year_ask(reader: PeriodReader, asked: list[PeriodTable], said: dict[str, YearsSaid]) -> Ask:
    wanted = reader.wanted.year
    together = _together([said[table.name] for table in asked])
    others = sorted(together.years - {wanted})
    is_elsewhere = together.are_elsewhere(wanted)
    offered = others if is_elsewhere and together.is_exact else [wanted, *others]
    return settle(
        reader.given,
        "file:year",
        _year_question(wanted, others, is_elsewhere=is_elsewhere, is_asked=bool(asked)),
        [*(Option(str(year), str(year)) for year in offered), Option("-", "Une autre année")],
        found="" if asked else str(wanted),
        proposed=str(others[0] if is_elsewhere else wanted),
        places=[_where(table, said[table.name].address if is_elsewhere else "") for table in asked],
        is_remembered=False,
    )


def _together(several: list[YearsSaid]) -> YearsSaid:
    """The years of several tables, exact when those of one are."""
    years: set[int] = set().union(*(one.years for one in several))
    return YearsSaid(years, any(one.is_exact for one in several))


def _year_question(wanted: int, others: list[int], *, is_elsewhere: bool, is_asked: bool) -> str:
    several = ", ".join(map(str, others))
    if is_elsewhere:
        return f"Le fichier est une grille de {several}, et non de {wanted} : pour quelle année la reprendre ?"
    if others:
        return f"Le fichier porte plusieurs années ({several}, {wanted}) : de laquelle sont ses chiffres ?"
    return f"Le fichier ne dit pas son année : est-ce {wanted} ?" if is_asked else "De quelle année est ce tableau ?"


def _wrong(table: PeriodTable, year: int | None, address: str, wanted: int) -> Problem:
    words = f"de {year}" if year else "d’une autre année"
    where = f"cellule {address}" if address else "dans son nom"
    return error(
        f"La feuille « {table.sheet.name} » est une grille {words} ({where}) et non de {wanted}. "
        f"Choisissez l’année {year or 'du fichier'}, ou déposez la grille de {wanted}.",
        _where(table, address),
    )


def _where(table: PeriodTable, address: str) -> ReadPlace:
    """The cell of a table that says its year, else its sheet."""
    cell = next((cell for cell in _cells_over(table) if address and cell.address == address), None)
    return ReadPlace(table.sheet.name, cell.row, cell.column) if cell else ReadPlace(table.sheet.name)


def _cells_over(table: PeriodTable) -> Iterable[Cell]:
    view, band = table.band.view, table.band
    for line in range(1, band.last + 1):
        for place in range(1, view.width + 1):
            yield view.at(line, place)


def _drop(reader: PeriodReader, table: PeriodTable, why: str = "", *, ask: Ask | None = None) -> None:
    """Nothing of a table is read; it waits for an answer, or there is a reason."""
    table.is_read, table.items = False, []
    band, name = table.band, table.sheet.name
    lines = range(band.top, band.end + 1)
    cells = [(sheet, row, column) for sheet, row, column in reader.accounts.filled if sheet == name]
    gone = [cell for cell in cells if (cell[1] if band.view.is_upright else cell[2]) in lines]
    if ask is not None:
        reader.accounts.ask(gone, ask.code)
    else:
        reader.accounts.leave_out(gone, why)


def _keep_year(reader: PeriodReader, table: PeriodTable) -> None:
    wanted, kept = reader.wanted.year, []
    for item in table.items:
        others = [fact for fact in item.facts if item.year_of(fact) not in (None, wanted)]
        for fact in others:
            reader.accounts.leave_out([key_of(fact.place)], f"autre année ({item.year_of(fact)})")
        item.facts = [fact for fact in item.facts if item.year_of(fact) in (None, wanted)]
        if item.facts or not others:
            kept.append(item)
        else:
            leave_lines(reader, table, item, f"autre année ({item.year or others[0].period.year})")
    table.items = kept


def leave_lines(reader: PeriodReader, table: PeriodTable, item: Item, why: str) -> None:
    reader.accounts.leave_out(line_cells(table, item), why)


def line_cells(table: PeriodTable, item: Item) -> Iterator[tuple[str, int, int]]:
    view = table.band.view
    return (key_of(view.place(line, place)) for line in item.lines for place in view.filled(line))


def key_of(place: ReadPlace) -> tuple[str, int, int]:
    return place.sheet, place.row, place.column
