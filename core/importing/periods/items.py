"""The lines of a table « labels × periods »: what each label names, with its figures cell by cell."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.importing.layout import ColumnRead
from core.importing.periods.heads import Band
from core.importing.periods.naming import join_bare, join_nameless, name_sections, part_labels, title_over
from core.importing.periods.roles import (
    ACTUAL,
    COMMENT,
    FIGURES,
    GROUP,
    LABEL,
    MANY,
    MEAN,
    NOT_READ,
    PART,
    PERIOD,
    SECTION,
    TARGET,
    UNIT,
    YEAR,
    PeriodsWanted,
)
from core.importing.periods.spans import Period, period_of_code, spelling_of
from core.importing.periods.years import years_in
from core.importing.places import ReadPlace
from core.importing.words import plain
from core.sheets.reading.model import Cell

TOTALS = re.compile(
    r"(sous )?tota(l|ux)( .*)?|ensemble|synthese|recapitulatif"
    r"|moyennes?( (generale|globale|annuelle|mensuelle|du mois|des mois|des indicateurs|famille|par|totale|module).*)?"
)

_DATED_END = re.compile(r"\s*[-–—:,(]?\s*(?:(?:en|pour|année)\s+)?20\d\d\s*\)?$", re.IGNORECASE)  # of a title


@dataclass(slots=True)
class Fact:
    """A figure's cell: its period, what it is, and the periods that its merged block covers when it covers several."""

    period: Period
    series: str
    cell: Cell
    place: ReadPlace
    covers: tuple[int, int] = (0, 0)  # first and last month of the block
    is_first: bool = True  # of the places that its block covers
    is_shared: bool = False  # a block over several lines
    group: str = ""


@dataclass(slots=True)
class Item:
    """What a label names. `texts` are its other cells by role; `lines` those of the view it stands on."""

    band: Band
    label: str
    place: ReadPlace
    section: str
    group: str
    year: int | None
    part: str
    texts: dict[str, Cell]
    facts: list[Fact]
    lines: list[int] = field(default_factory=list)
    is_hidden: bool = False
    part_place: ReadPlace | None = None
    beside: str = ""  # words of a column that nothing names

    @property
    def is_total(self) -> bool:
        return TOTALS.fullmatch(plain(self.label)) is not None

    @property
    def sheet(self) -> str:
        return self.place.sheet

    def year_of(self, fact: Fact) -> int | None:
        """The year of a figure: its column’s, else the line’s."""
        return fact.period.year or self.year or None

    def group_of(self, fact: Fact) -> str:
        """Whose a figure is: its column’s, else the line’s."""
        return fact.group or self.group

    @property
    def is_bare(self) -> bool:
        """Nothing but words: the name of a section, a note, or something nobody filled in."""
        return all(
            cell.is_empty for role, cell in self.texts.items() if role not in (LABEL, SECTION, COMMENT, PART)
        ) and not any(not fact.cell.is_empty or fact.cell.lacks_value for fact in self.facts)


class PeriodLines:
    """Reads the body of one table."""

    def __init__(
        self,
        band: Band,
        columns: tuple[ColumnRead, ...],
        wanted: PeriodsWanted,
        *,
        is_long: bool,
        month: Period | None = None,
    ):
        self.month = month  # of a sheet that is one month's
        self.band, self.view, self.wanted, self.is_long = band, band.view, wanted, is_long
        self.title = None if any(names_lines(column) for column in columns) else title_over(band)
        self.unread = [column.number for column in columns if column.code == NOT_READ]

        self.figures = [
            (column.number, column.code, period)
            for column in columns
            if column.code in FIGURES and (period := period_of_code(column.setting("period")))
        ]
        figure_places = {number for number, _code, _period in self.figures}
        self.sides = {
            role: [n for n in numbers if n not in figure_places]
            for role, numbers in _places_by_role(columns).items()
            if role not in MANY or role in (COMMENT, MEAN)
        }

    def items(self) -> list[Item]:
        """Every line with a label or a figure; labels and sections carried down, sections named by bare lines."""
        return _grouped(list(self._long())) if self.is_long else self._across()

    def _across(self) -> list[Item]:
        items: list[Item] = []
        label, section = "", ""
        for line in range(self.band.last + 1, self.band.end + 1):
            if not self.view.filled(line) and not self._is_covered(line):
                continue
            item = self._item(line)
            section = item.section = item.section or section
            self._join(item, items, label)
            label = item.label or label
            if item.label or any(not fact.cell.is_empty for fact in item.facts):
                items.append(item)
        if SECTION not in self.sides:
            name_sections(items)
        part_labels(items, self.wanted)
        return items

    def _join(self, item: Item, above: list[Item], label: str) -> None:
        """Name a line by the ones above when it has no label of its own, or says only what it is of theirs."""
        if item.label:
            join_bare(item, above, label, self.wanted)
        elif above and (item.part or item.year):
            item.label, item.place = label, above[-1].place
        elif LABEL in self.sides:
            join_nameless(item, above, item.beside)

    def _is_covered(self, line: int) -> bool:
        place = next(iter(self.sides.get(LABEL, ())), 0)
        return bool(place and self.view.block(line, place))

    def _item(self, line: int) -> Item:
        part, year = self._part_and_year(line)
        texts = {role: cell for role, places in self.sides.items() if (cell := self._text(line, role, places))}
        facts = [fact for place, code, period in self.figures for fact in self._fact(line, place, code, period)]
        anchor = self.sides[LABEL][0] if self.sides.get(LABEL) else 1
        return Item(
            self.band,
            self._label(line),
            self.view.place(line, anchor),
            words_of(self._seen(line, SECTION)),
            words_of(self._seen(line, GROUP)),
            year,
            words_of(part),
            texts,
            facts,
            [line],
            is_hidden=self._is_hidden(line),
            beside=next(filter(None, (words_of(self.view.at(line, place)) for place in self.unread)), ""),
            part_place=self.view.place(line, self.sides[PART][0]) if part else None,
        )

    def _label(self, line: int) -> str:
        """The words of its label, or of the title over the table; a figure names nothing."""
        label = self._seen(line, LABEL) or self.title
        if label is not None and label is self.title:
            return _DATED_END.sub("", words_of(label))
        return words_of(label) if label is not None and isinstance(label.value, str) else ""

    def _part_and_year(self, line: int) -> tuple[Cell | None, int | None]:
        """What a line is of its label, and its year, which the same column may say."""
        part, dated = self._seen(line, PART), self._seen(line, YEAR)
        if part and self.wanted.is_year(part.text):
            part, dated = None, dated or part
        return part, next(iter(self._years(dated)), None) if dated else None

    def _years(self, cell: Cell) -> list[int]:
        said = self.wanted.year_said(cell.text)
        return [said] if said else years_in(cell)

    def _is_hidden(self, line: int) -> bool:
        sheet = self.view.sheet
        return line in (sheet.hidden_rows if self.view.is_upright else sheet.hidden_columns)

    def _seen(self, line: int, role: str) -> Cell | None:
        places = self.sides.get(role)
        return self.view.seen(line, places[0]) if places else None

    def _text(self, line: int, role: str, places: list[int]) -> Cell | None:
        """The cell of a role; two columns of comments are read as one."""
        cells = [
            self.view.seen(line, place) if self._is_carried(line, place, role) else self.view.at(line, place)
            for place in places
        ]
        filled = [cell for cell in cells if not cell.is_empty]
        if len(filled) > 1 and role == COMMENT:
            return filled[0]._replace(value=" ; ".join(cell.text.strip() for cell in filled), shown=None)
        return filled[0] if filled else (cells[0] if cells else None)

    def _is_carried(self, line: int, place: int, role: str) -> bool:
        """Whether a merged block says the same of all its lines: a label, the unit or target of two lines."""
        block = self.view.block(line, place)
        is_column = block is not None and block[2] == block[3]
        return role in (SECTION, LABEL) or (is_column and role in (UNIT, TARGET, GROUP))

    def _fact(self, line: int, place: int, code: str, period: Period) -> Iterator[Fact]:
        block = self.view.block(line, place)
        head = self.band.heads.get(place)
        where, group = Period(period.month, period.length, head.year if head else None), head.group if head else ""
        if block is None:
            yield Fact(where, code, self.view.at(line, place), self.view.place(line, place), group=group)
            return
        months = [other for number, series, other in self.figures if series == code and block[2] <= number <= block[3]]
        covers = (months[0].first, months[-1].month) if len(months) > 1 else (0, 0)
        is_first = (line, place) == (block[0], block[2])
        yield Fact(
            where,
            code,
            self.view.seen(line, place),
            self.view.place(block[0], block[2]),
            covers,
            is_first,
            is_shared=block[1] > block[0],
            group=group,
        )

    def _long(self) -> Iterator[Item]:
        """A line a figure: its label, its period, its value."""
        values = [(place, code) for code in FIGURES for place in self.sides.get(code, ())]
        for line in range(self.band.last + 1, self.band.end + 1):
            if not self.view.filled(line):
                continue
            item = self._item(line)
            told = self._period_told(line)
            if told:
                period = Period(told.month, told.length, told.year or item.year)
                item.facts = [
                    Fact(period, code, self.view.at(line, place), self.view.place(line, place))
                    for place, code in values
                ]
            yield item

    def _period_told(self, line: int) -> Period | None:
        """The period of a line of a long table, else of its sheet."""
        place = self.sides.get(PERIOD, [0])[0]
        spelling = spelling_of(self.view.at(line, place)) if place else None
        return spelling.period if spelling and not spelling.rest else self.month


def _places_by_role(columns: tuple[ColumnRead, ...]) -> dict[str, list[int]]:
    roles: dict[str, list[int]] = defaultdict(list)
    for column in columns:
        role = column.code or (LABEL if names_lines(column) else NOT_READ)
        if role != NOT_READ:
            roles[role].append(column.number)
    return roles


def names_lines(column: ColumnRead) -> bool:
    """Whether a column holds the labels, or is the likeliest to while that is asked."""
    return column.code == LABEL or (column.role.is_open and column.role.proposed == LABEL)


def words_of(cell: Cell | None) -> str:
    """The words of a cell on one line; those of an error are none."""
    return "" if cell is None or cell.is_error else " ".join(cell.text.split())


def _grouped(items: list[Item]) -> list[Item]:
    """The lines of one label, group and part become one item."""
    found: dict[tuple, Item] = {}
    for item in items:
        key = (item.label, item.group, item.part, item.section)
        first = found.setdefault(key, item)
        if first is not item:
            first.facts += item.facts
            first.lines += item.lines
    for item in found.values():
        item.year = None  # each fact has its own
    return list(found.values())


def series_of(item: Item, wanted: PeriodsWanted) -> str:
    """What the word of a line says its figures are; empty when it says nothing known."""
    return wanted.series_of(item.part) if item.part else ACTUAL
