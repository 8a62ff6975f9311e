"""What is typed or pasted in the cells of the grid: each read as an import reads it, what is doubtful asked once.

A block is what one gesture writes: a cell, a column, a table of a spreadsheet. Nothing is written here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from core.base.errors import UserError
from core.base.months import month_name
from core.importing.accounts import Accounts
from core.importing.asks import Ask, Option, Posted
from core.importing.numbers import Writing, writing_of
from core.importing.periods.items import Fact
from core.importing.periods.roles import ACTUAL
from core.importing.periods.spans import Period
from core.importing.places import PlaceLevel, ReadPlace
from core.importing.vocabulary import Words
from core.sheets.reading.model import Cell
from indicators.enums import Direction, Frequency, ValueState
from indicators.forms.cells import words_of
from indicators.imports.cells import RowReader
from indicators.imports.context import Context
from indicators.imports.rows import FileRow
from indicators.imports.whole import WRITING, WRITINGS
from indicators.models import Assignment, Indicator, Value
from indicators.rules.plausibility import questions, refuse_impossible
from indicators.services.values import STATES_WITH_REASON, EntryCell, Figure, closed_among
from organisations.models import Unit
from organisations.permissions import Permission

MOST = 1_200  # cells of one gesture: a year of a hundred indicators
YES, NO = "yes", "no"
_EXACT = (Option(YES, "Oui, c’est exact"), Option(NO, "Ne pas enregistrer"))
_THEIRS = (Option(YES, "Garder ma saisie"), Option(NO, "Garder la valeur enregistrée"))
REASON, AMENDMENT, SEEN = "reason", "amendment_reason", "seen"


class Typed(NamedTuple):
    """A cell as the page sends it: an empty text takes away what was entered."""

    indicator_id: int
    month: int
    text: str
    version: int


@dataclass(frozen=True)
class LeftOut:
    """A cell that is not taken, and why."""

    where: str
    why: str


@dataclass
class Block:
    """What a gesture would write, and what it waits for."""

    changes: list[tuple[EntryCell, Figure]] = field(default_factory=list)
    asks: list[Ask] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    unchanged: int = 0
    declined: int = 0  # answered « Ne pas enregistrer » or « Garder la valeur enregistrée »
    lacks_reason: list[str] = field(default_factory=list)  # states that must say why
    closed: list[int] = field(default_factory=list)  # months whose correction must say why

    @property
    def is_waiting(self) -> bool:
        return any(ask.is_open for ask in self.asks) or bool(self.lacks_reason or self.closed)


class BlockReader:
    """Reads the cells of one gesture at a site and year, for one person, with the answers at hand."""

    def __init__(self, site: Unit, year: int, cells: Sequence[Typed], *, user: Any, answers: Mapping[str, str]):
        if len(cells) > MOST:
            raise UserError(f"{len(cells)} cases d’un coup : collez {MOST} cases au plus, ou importez le fichier.")
        self.site, self.year, self.cells, self.answers = site, year, cells, answers
        self.block = Block()
        self.odd: dict[int, list[str]] = {}  # months out of character of each indicator: asked about together
        self.first_odd: dict[int, str] = {}
        self.assignments = _assignments(site, year, {cell.indicator_id for cell in cells})
        self.units = user.access.units_with(Permission.VALUE_ENTER)
        given = Posted(data=answers)
        self.context = Context(given, Words(given), Accounts())
        self._settle_writing()
        months = {(site.pk, year, cell.month) for cell in cells}
        self.closed = {month for _site, _year, month in closed_among(months)}  # held before the values, as `enter` does
        self.stored = _stored((one for rows in self.assignments.values() for one in rows), year)

    def read(self) -> Block:
        """The figures of the block, those that wait for an answer apart."""
        by_row: dict[Assignment, list[Typed]] = defaultdict(list)
        for cell in self.cells:
            found = self._place(cell)
            if isinstance(found, Assignment):
                by_row[found].append(cell)
            else:
                self.block.left_out.append(LeftOut(self._where(cell), found))
        for number, (assignment, cells) in enumerate(by_row.items(), start=1):
            self._row(number, assignment, cells)
        self.block.asks = [*self.context.asks.values(), *self.context.words.asks()]
        return self.block

    # Who may, and where ---------------------------------------------------------------------------------------------
    def _place(self, cell: Typed) -> Assignment | str:
        """The assignment that a cell belongs to, or why it cannot be written by this person here."""
        rows = self.assignments.get(cell.indicator_id, [])
        own = [one for one in rows if one.unit_id in self.units]
        if not own:
            return "vous ne saisissez pas cet indicateur"
        due = [one for one in rows if _is_due(one, self.year, cell.month)]
        if not due:
            return "aucun chiffre n’est attendu ce mois-là"
        if len(due) > 1:
            return "plusieurs services saisissent cet indicateur : ouvrez la case, chacun y a la sienne"
        today = timezone.localdate()
        if (self.year, cell.month) > (today.year, today.month):
            return "ce mois n’a pas commencé"
        return due[0] if due[0] in own else "un autre service saisit cet indicateur"

    def _where(self, cell: Typed) -> str:
        rows = self.assignments.get(cell.indicator_id)
        month = month_name(cell.month) if 1 <= cell.month <= 12 else str(cell.month)
        return f"{rows[0].indicator.label}, {month}" if rows else f"Ligne sans saisie, {month}"

    # Reading --------------------------------------------------------------------------------------------------------
    def _settle_writing(self) -> None:
        """One writing of numbers for what is pasted; what is typed in one cell is in French, as in a form."""
        texts = [cell.text for cell in self.cells if cell.text.strip()]
        self.context.writing = Writing.FRENCH
        found = writing_of(texts)
        if len(texts) > 1:
            said, told = found.writing if found.is_sure else "", ", ".join(found.doubtful)
            ask = self.context.ask("file:numbers", WRITING, WRITINGS, found=said, proposed=found.writing, text=told)
            self.context.writing = Writing(ask.value) if ask.value else None

    def _row(self, number: int, assignment: Assignment, cells: Sequence[Typed]) -> None:
        figures = self._figures(number, assignment.indicator, [cell for cell in cells if cell.text.strip()])
        former = self._former(assignment)
        for cell in sorted(cells, key=lambda one: one.month):
            figure = figures.get(cell.month) if cell.text.strip() else Figure(state=ValueState.MISSING)
            if figure is None:
                continue
            self._settle(assignment, cell, figure.completed(assignment.indicator.measure), former)

    def _figures(self, number: int, indicator: Indicator, cells: Sequence[Typed]) -> dict[int, Figure]:
        facts = {
            cell.month: Fact(
                Period(cell.month), ACTUAL, Cell(number, cell.month, cell.text), ReadPlace("", number, cell.month)
            )
            for cell in cells
        }
        place = ReadPlace("", number)
        row = FileRow(str(indicator.pk), indicator.label, "", "", "", place, [], series={ACTUAL: facts})
        is_low_good = indicator.direction in (Direction.AT_MOST, Direction.BELOW) or len(cells) == 1
        is_quarterly = indicator.frequency == Frequency.QUARTERLY
        reader = RowReader(row, indicator.measure, self.context, is_quarterly, is_low_good)
        figures = reader.months()
        for problem in reader.problems:
            if problem.level == PlaceLevel.ERROR:
                self.block.left_out.append(LeftOut("", problem.message))
        for fact in facts.values():
            if why := self.context.left_out.get(fact.place):
                self.block.left_out.append(LeftOut(f"{indicator.label}, {fact.period.words}", why))
        return figures

    # Against what is stored -----------------------------------------------------------------------------------------
    def _settle(self, assignment: Assignment, cell: Typed, figure: Figure, former: dict) -> None:
        """Keep a figure read: to write, unchanged, or waiting for an answer."""
        indicator = assignment.indicator
        value = self.stored.get((indicator.pk, assignment.unit_id, self.year, cell.month))
        if value is not None and figure.state != ValueState.MISSING and not figure.comment:
            figure = replace(figure, comment=value.comment)
        if (Figure.of(value) if value else Figure(state=ValueState.MISSING)) == figure:
            self.block.unchanged += 1
            return
        where = self._where(cell)
        if figure.state in STATES_WITH_REASON and not figure.reason:
            figure = replace(figure, reason=self.answers.get(REASON, "").strip()[:200])
            if not figure.reason:
                self.block.lacks_reason.append(where)
        if cell.month in self.closed and not self.answers.get(AMENDMENT, "").strip():
            self.block.closed.append(cell.month)
        try:
            is_kept = self._is_free(where, cell, value) and self._is_exact(where, cell, (indicator, figure), former)
        except UserError as error:
            self.block.left_out.append(LeftOut(where, error.message))
            return
        if is_kept:
            former[self.year, cell.month] = figure
            place = EntryCell(indicator, assignment.unit_id, self.site.pk, self.year, cell.month)
            self.block.changes.append((place, figure))
        else:
            self.block.declined += 1  # or still asked: then nothing is written

    def _is_free(self, where: str, cell: Typed, value: Value | None) -> bool:
        """Whether a cell is as the person saw it; asked where somebody else wrote it meanwhile."""
        if value is None or value.state == ValueState.MISSING or value.version == cell.version:
            return True
        shown = words_of(value, value.indicator.measure)
        question = f"{where} : {value.entered_by or 'un import'} a enregistré « {shown} » entre-temps."
        code = f"conflict:{cell.indicator_id}:{cell.month}:{value.version}"
        return self.context.ask_cell(code, question, _THEIRS, ReadPlace("", 0, cell.month), YES) == YES

    def _is_exact(self, where: str, cell: Typed, entry: tuple[Indicator, Figure], former: dict) -> bool:
        """Whether a figure is to be written; asked where it is out of character. UserError where it cannot be."""
        indicator, figure = entry
        if figure.state != ValueState.MEASURED or figure.value is None:
            return True
        counts = {"numerator": figure.numerator, "denominator": figure.denominator}
        refuse_impossible(measure=indicator.measure, value=figure.value, **counts)
        before = [known for at, known in sorted(former.items()) if at < (self.year, cell.month)]
        asked = questions(
            measure=indicator.measure,
            value=figure.value,
            former=[known.value for known in before if known.value is not None],
            former_counts=[(known.numerator, known.denominator) for known in before],
            **counts,
        )
        if not asked:
            return True
        known = self.odd.setdefault(indicator.pk, [])
        known.append(month_name(cell.month))
        self.first_odd.setdefault(indicator.pk, f"{where} : {' '.join(asked)}")
        question = self.first_odd[indicator.pk] + (f" De même pour {', '.join(known[1:])}." if known[1:] else "")
        place = ReadPlace("", indicator.pk, cell.month)
        return self.context.ask_cell(f"exact:{indicator.pk}", question, _EXACT, place, YES) == YES

    def _former(self, assignment: Assignment) -> dict[tuple[int, int], Value | Figure]:
        """What was measured in the months of this year and of the one before, by month."""
        return {
            (year, month): value
            for (indicator, unit, year, month), value in self.stored.items()
            if (indicator, unit) == (assignment.indicator_id, assignment.unit_id) and value.state == ValueState.MEASURED
        }


def typed_in_words(cells: Iterable[tuple[EntryCell, Figure]]) -> str:
    """« Taux d’appels aboutis, mars : 97,7 % » for one cell."""
    return " ; ".join(
        f"{cell.indicator.label}, {month_name(cell.month)} : {words_of(figure, cell.indicator.measure)}"
        for cell, figure in cells
    )


def _assignments(site: Unit, year: int, indicators: set[int]) -> dict[int, list[Assignment]]:
    """Who enters each of these indicators in the year."""
    rows = Assignment.objects.filter(site=site, indicator__in=indicators).overlapping(year)
    rows = rows.filter(indicator__collector="", indicator__is_active=True).select_related("indicator")
    found: dict[int, list[Assignment]] = defaultdict(list)
    for one in rows.order_by("valid_from", "pk"):
        found[one.indicator_id].append(one)
    return found


def _is_due(assignment: Assignment, year: int, month: int) -> bool:
    if not 1 <= month <= 12 or month not in assignment.indicator.due_months:
        return False
    first, after = date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    return assignment.valid_from < after and (assignment.valid_until is None or assignment.valid_until >= first)


def _stored(assignments: Iterable[Assignment], year: int) -> dict[tuple[int, int, int, int], Value]:
    """The values of these indicators and services, this year and the one before, held until the end."""
    keys = {(one.indicator_id, one.unit_id) for one in assignments}
    rows = Value.objects.filter(
        indicator__in={indicator for indicator, _unit in keys},
        unit__in={unit for _indicator, unit in keys},
        year__in=(year, year - 1),
    ).select_related("entered_by", "indicator")
    rows = rows.select_for_update(of=("self",)).order_by("pk")
    return {(row.indicator_id, row.unit_id, row.year, row.month): row for row in rows}
