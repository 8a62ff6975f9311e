"""Reads the figures of a row under its unit: months, target, last year, printed mean.

Nothing is guessed in silence: what may be read in two ways is said, what cannot be a value is an error.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.imports.problems import ERROR, WARNING, Problem
from core.imports.words import plain
from core.spreadsheets.model import Cell
from indicators.enums import Measure, ValueState
from indicators.imports.figures import (
    DAYS,
    PER_MONTH,
    PERCENT,
    Figure,
    figure_in,
    figure_of,
    quantised,
    spelt,
    spelt_percent,
)
from indicators.imports.grid import GridCell, GridPrevious, GridTarget, PrintedMean
from indicators.imports.months import NAMES
from indicators.imports.source_rows import SourceRow
from indicators.imports.states import state_in

MOST_DAYS = 366
MOST_COUNT = 1_000_000

_MONTH = r"(janv|f[ée]vr|mars|avr|mai|juin|juil|ao[ûu]t|sept|oct|nov|d[ée]c)[a-zé]*"
_TYPED_DATE = re.compile(
    rf"\d{{1,2}}[/.-]\d{{1,2}}[/.-](\d{{2}}|\d{{4}})|\d{{4}}-\d\d-\d\d|\d{{1,2}}[-/ ]{_MONTH}\.?([-/ ]\d{{2,4}})?"
)
_SIGNS = (
    ("<=", re.compile(r"(<=|=<|≤|au plus|maxi?(mum)?\.?|jusqu'à)\s*")),
    (">=", re.compile(r"(>=|=>|≥|>|au moins|mini?(mum)?\.?|plus de|supérieure? à)\s*")),
    ("<", re.compile(r"(<|moins de|inférieure? à)\s*")),
)
_YES, _NO = ("oui", "o", "vrai", "atteint", "ok", "1"), ("non", "n", "faux", "non atteint", "ko", "0")
_DIRECTIONS = {Measure.RATE: ">=", Measure.DAYS: "<", Measure.COUNT: ""}


class Unreadable(Exception):
    """A cell whose content is no value of its unit; the sentence says why and what to write."""


@dataclass(frozen=True)
class RowReader:
    """Reads the cells of one row under one unit. `in_percents`: its unmarked rates are written 98,7 and not 0,987."""

    unit: str
    in_percents: bool = False

    def value(self, figure: Figure) -> Decimal:
        """The value a figure means. Raises Unreadable when it cannot be one of this unit."""
        value = self.raw_value(figure)
        if value < 0:
            raise Unreadable(f"« {spelt(value)} » est négatif. Saisissez une valeur positive ou nulle.")
        if self.unit == Measure.RATE and value > 1:
            raise Unreadable(
                f"« {spelt_percent(value)} » : un taux ne dépasse pas 100 %. "
                f"Écrivez par exemple « 98,7 % », et vérifiez le format de la cellule."
            )
        return value

    def raw_value(self, figure: Figure) -> Decimal:
        """The figure under this unit, its bounds unchecked; a delay printed as 600 % is six days."""
        if self.unit == Measure.RATE:
            if figure.unit in (DAYS, PER_MONTH):
                raise Unreadable(
                    f"« {spelt(figure.value)} {figure.unit} » n'est pas un taux. Écrivez par exemple « 98,7 % »."
                )
            return quantised(figure.value / 100) if not figure.unit and self.in_percents else figure.value
        return figure.value


def reader_of(row: SourceRow, unit: str) -> RowReader:
    """Tells by the whole row whether rates without a sign are written 98,7 or 0,987: the commoner writing wins."""
    unmarked = [abs(figure.value) for figure in _figures(row) if not figure.unit and figure.value]
    above = sum(1 for value in unmarked if value > 1)
    return RowReader(unit, in_percents=above > 0 and above * 2 >= len(unmarked))


def _figures(row: SourceRow) -> list[Figure]:
    return [figure for cell in row.months.values() if (figure := figure_of(cell))]


def read_months(row: SourceRow, reader: RowReader) -> tuple[tuple[GridCell, ...], list[Problem]]:
    """The twelve months of a row, and what is wrong with them. A month without a column is missing."""
    cells, problems = [], []
    for month in range(1, 13):
        cell = row.months.get(month)
        if cell is None:
            cells.append(GridCell(month, "", "", ValueState.MISSING.value))
            continue
        try:
            cells.append(_read_month(month, cell, reader))
            problems += _doubts(row, cell, reader)
        except Unreadable as problem:
            cells.append(GridCell(month, cell.address, cell.text, ValueState.MISSING.value, reason=cell.text))
            message = f"{row.label or 'Ligne sans libellé'}, {NAMES[month - 1]} : {problem}"
            problems.append(Problem(ERROR, row.sheet, cell.address, message))
    return tuple(cells), problems


def _read_month(month: int, cell: Cell, reader: RowReader) -> GridCell:
    text = cell.text.strip()
    if cell.is_error:
        return GridCell(month, cell.address, text, ValueState.MISSING.value, reason=text)
    if isinstance(cell.value, date) or _TYPED_DATE.fullmatch(text.casefold()):
        raise Unreadable(
            f"la cellule contient une date (« {text} ») au lieu d'une valeur. "
            "Ressaisissez le nombre, avec une virgule, après avoir mis la cellule au format Nombre."
        )
    state = None if isinstance(cell.value, int | float) else state_in(text)
    if state is not None:
        reason = text if re.search(r"\w", text) else ""
        return GridCell(month, cell.address, text, state.value, reason=reason)
    figure = figure_of(cell)
    if figure is None and isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        raise Unreadable(f"« {_short(text)} » est trop grand pour une valeur. Vérifiez la saisie.")
    if figure is None:
        raise Unreadable(
            f"« {_short(text)} » n'est ni une valeur ni une mention connue. "
            "Écrivez un nombre, « - », « s.o. », « fermé », « suspendu » ou « indisponible »."
        )
    return GridCell(month, cell.address, text, ValueState.MEASURED.value, value=reader.value(figure))


def _doubts(row: SourceRow, cell: Cell, reader: RowReader) -> list[Problem]:
    """What was read but ought to be looked at."""
    figure = figure_of(cell)
    sentence = _doubt(figure, reader) if figure else ""
    if cell.is_error:
        sentence = f"la formule donne « {cell.text} » : le mois est laissé sans valeur."
    return [Problem(WARNING, row.sheet, cell.address, f"{row.label} : {sentence}")] if sentence else []


def _doubt(figure: Figure, reader: RowReader) -> str:
    if reader.unit == Measure.RATE:
        return _doubt_of_rate(figure, reader)
    value = spelt(figure.value)
    if figure.unit == PERCENT:
        unit = "jours" if reader.unit == Measure.DAYS else "en nombre"
        return f"la valeur est affichée en pourcentage ; elle est lue {value} {unit}."
    if reader.unit == Measure.DAYS and figure.value > MOST_DAYS:
        return f"un délai de {value} jours est peu vraisemblable. Vérifiez la valeur."
    if reader.unit == Measure.COUNT and figure.value > MOST_COUNT:
        return f"le nombre {value} est peu vraisemblable pour un mois. Vérifiez la valeur."
    if reader.unit == Measure.COUNT and figure.value % 1:
        return f"un nombre entier était attendu ; la valeur est lue {value}."
    return ""


def _doubt_of_rate(figure: Figure, reader: RowReader) -> str:
    if reader.in_percents and not figure.unit and 0 < figure.value <= 1:
        return f"« {spelt(figure.value)} » est lu {spelt_percent(figure.value / 100)}, comme le reste de la ligne."
    return ""


def read_target(row: SourceRow, reader: RowReader, direction: str | None) -> tuple[GridTarget | None, list[Problem]]:
    """The year's target. `direction` is the catalogue's; a sign written in the cell wins."""
    cell = row.target
    if cell is None or cell.is_empty:
        return None, []
    written, figure = _signed(cell)
    if figure is None:
        is_none = state_in(cell.text) is not None
        target = GridTarget("", None, cell.text.strip(), cell.address)
        return target, [] if is_none else [_unread(row, cell, "L'objectif")]
    usual = _DIRECTIONS[Measure(reader.unit)] if direction is None else direction
    return GridTarget(written or usual, _alone(figure, reader), cell.text.strip(), cell.address), []


def _signed(cell: Cell) -> tuple[str, Figure | None]:
    """The direction written with a target and its figure: `< 4j`, « au moins 95 % », « 10 jours maximum »."""
    figure = figure_of(cell)
    if figure is not None or not isinstance(cell.value, str):
        return "", figure
    text = cell.value.casefold()
    for direction, pattern in _SIGNS:
        found = pattern.search(text)
        if found:
            return direction, figure_in((text[: found.start()] + text[found.end() :]).strip())
    return "", None


def read_previous(row: SourceRow, reader: RowReader) -> tuple[GridPrevious | None, list[Problem]]:
    """Last year's result and whether it met its target; None where the grid says neither."""
    cell, met = row.previous, _met(row.previous_met)
    if cell is None or cell.is_empty:
        address = row.previous_met.address if row.previous_met else ""
        return (GridPrevious(None, "", met, address) if met is not None else None), []
    figure = figure_of(cell)
    problems = []
    if figure is None and state_in(cell.text) is None:
        problems = [_unread(row, cell, "Le résultat de l'année précédente")]
    value = _alone(figure, reader) if figure else None
    return GridPrevious(value, cell.text.strip(), met, cell.address), problems


def read_mean(row: SourceRow, reader: RowReader) -> PrintedMean | None:
    """The yearly figure printed by the file; None where it prints none."""
    cell = row.mean
    if cell is None or cell.is_empty:
        return None
    is_error = cell.is_error or cell.text.lstrip().startswith("#")
    figure = None if is_error else figure_of(cell)
    return PrintedMean(cell.address, cell.text.strip(), _alone(figure, reader) if figure else None, is_error)


def _alone(figure: Figure, reader: RowReader) -> Decimal | None:
    """A figure that stands apart from the months: an unmarked rate above 1 is in percents, whatever the row does."""
    is_rate = reader.unit == Measure.RATE
    try:
        in_percents = is_rate and not figure.unit and figure.value > 1
        return RowReader(reader.unit, in_percents).raw_value(figure)
    except Unreadable:
        return None


def _met(cell: Cell | None) -> bool | None:
    if cell is None:
        return None
    if isinstance(cell.value, bool):
        return cell.value
    words = plain(cell.text)
    if words in _NO:
        return False
    return True if words in _YES else None


def _unread(row: SourceRow, cell: Cell, what: str) -> Problem:
    message = f"{row.label} : {what.lower()} « {_short(cell.text)} » n'est pas compris ; il n'est pas repris."
    return Problem(WARNING, row.sheet, cell.address, message)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
