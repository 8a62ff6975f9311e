"""The marks of several structures on one line, a column each: a line of its own for each of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.imports import columns as c
from core.importing.layout import ColumnRead
from core.importing.tables.rows import RowCell, SourceRow, row_cell
from core.importing.words import plain

_OWN = (c.COMMENT, c.EVIDENCE)  # what may stand beside the mark of each structure


@dataclass(slots=True)
class MarkOf(RowCell):
    """The line with the mark of one structure."""

    structure: str = ""


def marks_of(row: SourceRow) -> Iterator[SourceRow]:
    """The line itself, or one for each filled mark where several columns hold marks, or one headed by its structure."""
    columns = [one for one in row.table.columns if one.code == c.SCORE]
    named = {one.number: _structure_of(one) for one in columns}
    if not any(named.values()) or row.table.of_role(c.STRUCTURE):
        yield row
        return
    for one in columns:
        if not row.facing.holds(row.number, one.number):
            continue
        cell = row_cell(row, c.SCORE, one.number, apart={c.SCORE})
        roles = {**cell.by_role, **{code: _beside(row, code, one) for code in _OWN}}
        held = {name: getattr(cell, name) for name in RowCell.__dataclass_fields__}
        yield MarkOf(**{**held, "by_role": roles}, structure=named[one.number])


def _structure_of(column: ColumnRead) -> str:
    """« Accueil général » of « Accueil général – Note », « Note – Accueil général », « Accueil général /10 »."""
    group, sign, own = column.heading.partition(" – ")
    parts = [part for part in (group, own) if part and not _is_mark(part)]
    return " – ".join(c.bare(part) for part in parts) if sign or parts else ""


def _is_mark(words: str) -> bool:
    return bool(c.MARKED.fullmatch(plain(words)))


def _is_beside(other: ColumnRead, mark: ColumnRead) -> bool:
    """Whether a column is of the same group as a mark; one without group is of the whole line."""
    group, sign, _own = other.heading.partition(" – ")
    return not sign or group == mark.heading.partition(" – ")[0]


def _beside(row: SourceRow, code: str, mark: ColumnRead) -> tuple[int, ...]:
    """The columns of a role that stand beside that of a mark."""
    return tuple(other.number for other in row.table.columns if other.code == code and _is_beside(other, mark))
