"""What stands beside the months of a row: the year's target, last year's result, the yearly figure the file prints."""

from dataclasses import replace
from decimal import Decimal

from core.importing.numbers import Number, Unit
from core.importing.periods.roles import MEAN, PREVIOUS, TARGET
from core.importing.places import Problem, ReadPlace, error, warning
from core.importing.words import plain
from core.sheets.reading.model import Cell
from indicators.enums import Direction, Measure
from indicators.imports.cells import RowReader
from indicators.imports.roles import PREVIOUS_MET
from indicators.imports.rows import number_of
from indicators.imports.scales import POINTS
from indicators.imports.states import state_in
from indicators.rules.plausibility import LARGEST_FIGURE
from indicators.services.grids import GridTarget, Past

_DIRECTIONS = {Measure.RATE: Direction.AT_LEAST, Measure.DAYS: Direction.BELOW, Measure.COUNT: Direction.NONE}
_BOUNDS = {">": Direction.AT_LEAST, ">=": Direction.AT_LEAST, "<": Direction.BELOW, "<=": Direction.AT_MOST}
MONTHLY = "cible d’un mois : une cible vaut pour l’année"
_YES, _NO = ("oui", "o", "vrai", "atteint", "ok", "1"), ("non", "n", "faux", "non atteint", "ko", "0")


def read_target(reader: RowReader, direction: str | None, problems: list[Problem]) -> GridTarget | None:
    """The year's target; a sign written in the cell wins over the direction of the catalogue."""
    cell, text = _target_cell(reader)
    if cell is None or cell.is_empty:
        _tell_monthly(reader, problems)
        return None
    number = _target_number(reader, cell, text, problems)
    if number is None:
        return None
    usual = direction if direction is not None else _DIRECTIONS[Measure(reader.measure)]
    value = _checked(reader, number, cell, "l’objectif", problems)
    return (
        GridTarget(_BOUNDS.get(number.bound, usual), value) if value is not None and (number.bound or usual) else None
    )


def _target_number(reader: RowReader, cell: Cell, text: str, problems: list[Problem]) -> Number | None:
    """The number of a target, once decided; words that are no state are said."""
    number = number_of(cell, reader.context.writing)
    if number is None:
        if state_in(text) is None:
            problems.append(_unread(reader, cell, "l’objectif"))
        return None
    return _decided(reader, number, cell, text) if number.doubt or number.other is not None else number


def _decided(reader: RowReader, number: Number, cell: Cell, text: str) -> Number | None:
    """A target that may be read in two ways waits for the person."""
    answer = reader.doubtful(number, text, _place(reader, cell))
    if answer not in ("value", "other"):
        return None
    return replace(number, value=number.other) if answer == "other" and number.other is not None else number


def _target_cell(reader: RowReader) -> tuple[Cell | None, str]:
    """The column of targets, else the targets under the months when they are one and the same."""
    cell = reader.row.texts.get(TARGET)
    if cell is None or cell.is_empty:
        cells = [fact.cell for fact in reader.row.facts(TARGET).values() if not fact.cell.is_empty]
        cell = cells[0] if len({one.text for one in cells}) == 1 else cell
    return cell, cell.text.strip() if cell else ""


def _tell_monthly(reader: RowReader, problems: list[Problem]) -> None:
    """Targets that change from month to month: a year has one target, they are left out and said."""
    monthly = [fact for fact in reader.row.facts(TARGET).values() if not fact.cell.is_empty]
    for fact in monthly:
        reader.context.left_out[fact.place] = MONTHLY
    if monthly:
        told = f"{reader.row.label} : les cibles changent d’un mois à l’autre ; elles ne sont pas reprises."
        problems.append(warning(told, monthly[0].place))


def read_past(reader: RowReader, problems: list[Problem]) -> Past | None:
    """Last year's result and whether it met its target; None where the grid says neither."""
    cell, met = reader.row.texts.get(PREVIOUS), _met(reader.row.texts.get(PREVIOUS_MET))
    if cell is None or cell.is_empty:
        return Past(None, "", met) if met is not None else None
    number = number_of(cell, reader.context.writing)
    if number is None and state_in(cell.text) is None:
        problems.append(_unread(reader, cell, "le résultat de l’année précédente"))
    value = _checked(reader, number, cell, "le résultat de l’année précédente", problems) if number else None
    return Past(value, cell.text.strip()[:100], met) if value is not None or met is not None else None


def mean_note(reader: RowReader, ours: Decimal | None, shown: str) -> str:
    """How the yearly figure of the file and ours part: « 600 % » against 6 jours, #DIV/0! against sans objet."""
    cell = reader.row.texts.get(MEAN)
    if cell is None or cell.is_empty:
        return ""
    number = number_of(cell, reader.context.writing)
    printed = alone(reader, number) if number else None
    is_error = cell.is_error or cell.text.lstrip().startswith("#")
    if _agree(printed, ours, reader.measure) and not is_error and not _is_odd(number, reader.measure):
        return ""
    return f"Le fichier imprime « {cell.text.strip()} » ({cell.address}) ; nous lisons {shown}."


def _agree(printed: Decimal | None, ours: Decimal | None, measure: str) -> bool:
    """Whether both figures are the same as far as a file prints them, or both are none."""
    if printed is None or ours is None:
        return printed is ours
    return abs(printed - ours) <= (Decimal("0.005") if measure == Measure.RATE else Decimal("0.05"))


def _is_odd(number: Number | None, measure: str) -> bool:
    """A percentage of what is no rate."""
    return number is not None and number.unit == Unit.PERCENT and measure != Measure.RATE


def alone(reader: RowReader, number: Number) -> Decimal | None:
    """A figure that stands apart from the months: an unmarked rate above 1 is in percents, whatever the row does."""
    if reader.measure != Measure.RATE:
        return number.value if number.unit not in (Unit.HOURS, Unit.MINUTES, Unit.SECONDS, Unit.MARK) else None
    if number.unit == Unit.PERCENT:
        return number.value
    in_percents = number.value > 1 or reader.scale == POINTS
    return (number.value / 100 if in_percents else number.value) if number.unit == Unit.NONE else None


def _checked(reader: RowReader, number: Number, cell: Cell, what: str, problems: list[Problem]) -> Decimal | None:
    """The rule of the target form, told by cell."""
    value = alone(reader, number)
    if value is None:
        problems.append(_unread(reader, cell, what))
    elif value < 0 or value >= LARGEST_FIGURE or (reader.measure == Measure.RATE and value > 1):
        limit = "un taux va de 0 à 100 %" if reader.measure == Measure.RATE else "ce nombre n’est pas possible"
        problems.append(
            error(f"{reader.row.label} : {what} « {cell.text.strip()[:60]} » : {limit}.", _place(reader, cell))
        )
        return None
    return None if value is None else value.quantize(Decimal("0.000001"))


def _met(cell: Cell | None) -> bool | None:
    if cell is None:
        return None
    if isinstance(cell.value, bool):
        return cell.value
    words = plain(cell.text)
    return False if words in _NO else True if words in _YES else None


def _place(reader: RowReader, cell: Cell) -> ReadPlace:
    return ReadPlace(reader.row.place.sheet, cell.row, cell.column)


def _unread(reader: RowReader, cell: Cell, what: str) -> Problem:
    return warning(
        f"{reader.row.label} : {what} « {cell.text.strip()[:60]} » n’est pas compris ; il n’est pas repris.",
        _place(reader, cell),
    )
