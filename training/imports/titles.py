"""What the titles above a table say of all its lines: « Formation : … », « Date : 12 et 13 mai 2022 », a service."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.importing.accounts import Cell as Key
from core.importing.dates import Impossible, read_day
from core.importing.layout import Layout, TableRead
from core.importing.places import Problem, ReadPlace, error
from core.importing.tables import Fit, Wanted, titles_of
from core.sheets.reading.model import Cell, Workbook
from training.imports.cells import NamedThemes, Themes, span_in

_SESSION = re.compile(
    r"(?:session|stage|formation)s?\s+(?:du|des|le|les)\s+(?P<days>\d.*?\d{4})\s*[–—:,-]\s*(?P<course>\S.*)",
    re.IGNORECASE,
)
Reader = Callable[[Cell], Any]  # the value of a title; None where it is none of that role


@dataclass
class TitlesTold:
    """What titles say by role, at which cell; `texts` are those without a label, the nearest to the table first."""

    values: dict[str, Any] = field(default_factory=dict)
    cells: list[Key] = field(default_factory=list)
    texts: list[tuple[str, Key | None]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, code: str, value: Any, key: Key) -> None:
        """The nearest title wins: titles are read from the top."""
        self.cells.append(key)
        if isinstance(value, Impossible):
            self.problems.append(error(value.why, ReadPlace(*key)))
        elif value is not None:
            self.values[code] = value


def titles_told(
    book: Workbook, layout: Layout, table: TableRead, wanted: Sequence[Wanted], readers: Mapping[str, Reader]
) -> TitlesTold:
    """What the titles of a table say of the roles that no column of it has."""
    told = TitlesTold()
    roles = [one for one in wanted if one.code in readers and not table.of_role(one.code)]
    for line in _lines(book, layout, table):
        _read_line(line, told, roles, readers)
    told.texts.reverse()
    told.texts.append((table.sheet, None))
    return told


def _lines(book: Workbook, layout: Layout, table: TableRead) -> Iterator[list[tuple[Cell, Key]]]:
    """The titles line by line; the paragraphs of a document are those of its only table."""
    rows: dict[tuple[str, int], list[tuple[Cell, Key]]] = {}
    found = [(table.sheet, cell) for cell in titles_of(book, layout, table)]
    if len(layout.tables) == 1:
        texts = [sheet for sheet in book.sheets if sheet.is_lines]
        found[:0] = [(sheet.name, cell) for sheet in texts for row in sheet.rows for cell in row if not cell.is_empty]
    for sheet, cell in found:
        rows.setdefault((sheet, cell.row), []).append((cell, (sheet, cell.row, cell.column)))
    yield from rows.values()


def _read_line(
    line: Sequence[tuple[Cell, Key]], told: TitlesTold, roles: Sequence[Wanted], readers: Mapping[str, Reader]
) -> None:
    """« Date : 12/05/2022 » in one cell, or in two side by side; another text is a title without a label."""
    rest = list(line)
    while rest:
        cell, key = rest.pop(0)
        label, _colon, words = cell.text.partition(":")
        code = _role_of(label, roles)
        if code and words.strip():
            _take(told, code, _words(cell, words), key, readers)
        elif code and rest and not words.strip():
            _take(told, code, *rest.pop(0), readers)
            told.cells.append(key)
        elif session := _SESSION.fullmatch(" ".join(cell.text.split())):
            for name, part in (("starts_on", session["days"]), ("course", session["course"])):
                if any(one.code == name for one in roles):
                    _take(told, name, _words(cell, part), key, readers)
        else:
            told.texts.append((cell.text, key))


def _take(told: TitlesTold, code: str, cell: Cell, key: Key, readers: Mapping[str, Reader]) -> None:
    """« Date : 12 et 13 mai 2022 » tells the last day too; « Session : Gestion des conflits » is no day."""
    value = readers[code](cell)
    if code == "starts_on" and "course" in readers:
        if isinstance(value, Impossible) and not re.search(r"\d", cell.text):
            code, value = "course", readers["course"](cell)
        elif span := span_in(words_of(cell)):
            told.values.setdefault("ends_on", span[1])
    told.take(code, value, key)


def _role_of(label: str, roles: Sequence[Wanted]) -> str:
    return next((one.code for one in roles if one.fits(" ".join(label.split())) == Fit.EXACT), "")


def _words(cell: Cell, words: str) -> Cell:
    return Cell(cell.row, cell.column, words.strip())


def words_of(cell: Cell) -> str:
    return " ".join(cell.text.split())


def first_day(cell: Cell) -> date | Impossible:
    """The day of a title, or the first of two."""
    span = span_in(words_of(cell))
    found = span[0] if span else read_day(cell.value, month_end=True)
    return found or Impossible(cell.text, f"« {words_of(cell)} » n’est pas une date.")


def last_day(cell: Cell) -> date | Impossible:
    """The day of a title, or the last of two."""
    span = span_in(words_of(cell))
    return span[1] if span else first_day(cell)


def seats(cell: Cell) -> int | None:
    return int(words_of(cell)) if words_of(cell).isdigit() else None


def themes_in(themes: Themes) -> Reader:
    """The themes of a title, when all of it is known."""

    def read(cell: Cell) -> NamedThemes | None:
        return themes.all_named(words_of(cell))

    return read
