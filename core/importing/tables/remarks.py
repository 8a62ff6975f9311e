"""What must be told of the cells a table reads: formulas without value or in error, notes, strikes, hidden columns."""

from collections.abc import Iterator, Mapping, Sequence

from core.importing.layout import ColumnRead, TableRead
from core.importing.places import Problem, error, warning
from core.importing.tables.facing import Facing
from core.importing.tables.wanted import Wanted
from core.sheets.reading.model import Marks
from core.sheets.reading.tagged import ERROR

NO_VALUE = "Formule sans valeur : ouvrez et enregistrez le fichier dans le tableur."


def remarks(
    table: TableRead, facing: Facing, columns: Sequence[ColumnRead], wanted: Mapping[str, Wanted], *, notes_to: str
) -> Iterator[Problem]:
    """The problems of the columns that are read, then of their cells."""
    yield from _of_columns(table, facing, columns, wanted)
    numbers = {column.number for column in columns}
    first, last = table.body
    yield from _of_formulas(table, facing, numbers)
    yield from _spread(table, facing, columns)
    for (row, at), marks in sorted(facing.sheet.marks.items()):
        line, number = (at, row) if facing.is_turned else (row, at)
        if table.headings[0] <= line <= last and (number in numbers or (marks.note and _covers(table, number))):
            is_noted = bool(notes_to) and line >= first
            yield from _of_cell(facing, line, number, marks, takes_notes=is_noted, is_body=line >= first)


def _of_formulas(table: TableRead, facing: Facing, numbers: set[int]) -> Iterator[Problem]:
    first, last = table.body
    for line, values in enumerate(facing.lines[first - 1 : last], start=first):
        for number, value in enumerate(values, start=1):
            if isinstance(value, str) and value.startswith(ERROR) and number in numbers:
                message = f"{value.removeprefix(ERROR)} : la formule est en erreur."
                yield error(message, facing.place(line, number))


def _spread(table: TableRead, facing: Facing, columns: Sequence[ColumnRead]) -> Iterator[Problem]:
    """Values merged over several columns that are read: the first one alone has it."""
    numbers = [column.number for column in columns]
    first, last = table.body
    for line in range(first, last + 1) if facing.sheet.merged else ():
        for number in numbers if line in facing.merged_lines else ():
            if _is_spread(facing, line, number, numbers):
                message = "cellule fusionnée sur plusieurs colonnes : lue dans la première seulement"
                yield warning(message, facing.place(line, number))


def _is_spread(facing: Facing, line: int, number: int, numbers: Sequence[int]) -> bool:
    """Whether a block begins there and covers other columns that are read, on a line that holds more than it."""
    block = facing.block(line, number)
    if not block or (block.first_line, block.first_column) != (line, number) or not facing.holds(line, number):
        return False
    return any(block.first_column < one <= block.last_column for one in numbers) and len(facing.filled(line)) != 1


def _of_columns(
    table: TableRead, facing: Facing, columns: Sequence[ColumnRead], wanted: Mapping[str, Wanted]
) -> Iterator[Problem]:
    """Two columns of one role where one may; a hidden column that is read."""
    seen: set[str] = set()
    for column in columns:
        place = facing.place(table.headings[1], column.number)
        if column.code in seen and not wanted[column.code].is_many:
            yield error(f"deux colonnes pour « {wanted[column.code].label} »", place)
        seen.add(column.code)
        if column.number in facing.hidden_columns:
            yield warning(f"« {column.heading} » est masquée dans le fichier : elle est lue", place)


def _of_cell(
    facing: Facing, line: int, number: int, marks: Marks, *, takes_notes: bool, is_body: bool
) -> Iterator[Problem]:
    place = facing.place(line, number)
    if marks.lacks_value and is_body:
        yield error(NO_VALUE, place)
    if marks.note and not takes_notes:
        yield warning(f"note de {place.cell}, non reprise : « {marks.note} »", place)
    if marks.struck_text:
        yield warning(f"« {marks.struck_text} » est barré dans la cellule : lu avec le reste", place)
    if marks.covered_text:
        yield warning(f"« {marks.covered_text} » est caché sous une fusion : non repris", place)


def _covers(table: TableRead, number: int) -> bool:
    return any(column.number == number for column in table.columns)
