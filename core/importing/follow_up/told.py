"""Lines of a document with their words and places, under a title: what the readers of a follow-up work on."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from core.importing.accounts import Cell as Key
from core.importing.layout import TableRead
from core.importing.places import Problem, ReadPlace
from core.importing.tables.rows import SourceRow, tidy
from core.sheets.reading.model import Cell

_LIVE = ("-", "+", "=", "@")


@dataclass
class ToldLine:
    """A line of a document. Its cells are those of the table it was read from; a line of a text has none."""

    key: str
    place: ReadPlace
    texts: dict[str, str]
    places: dict[str, ReadPlace]
    row: SourceRow | None = None
    section: str = ""
    problems: list[Problem] = field(default_factory=list)

    def text(self, code: str) -> str:
        return self.texts.get(code, "")

    def at(self, code: str) -> ReadPlace:
        if code not in self.places and self.row:
            self.places[code] = self.row.place(code)
        return self.places.get(code, self.place)

    def cells(self, code: str) -> list[tuple[int, Any, str, ReadPlace]]:
        """Column, value, words and place of each filled cell of a role."""
        if self.row is None:
            return [(0, self.text(code), self.text(code), self.at(code))] if self.text(code) else []
        name = self.row.table.sheet
        told = [(one, ReadPlace(name, one.row, one.column)) for one in self.row.cells(code)]
        if told:
            self.places.setdefault(code, told[0][1])
        return [(one.column, one.value, unmarked(tidy(one.text)), place) for one, place in told]


@dataclass
class ToldDocument:
    """A titled part of a file: what is written above its tables, its lines, `ToldLine` or more."""

    title: str
    place: ReadPlace
    sheet: str
    updated_on: date | None = None
    is_ours: bool = False  # an export of ours
    entries: list[Any] = field(default_factory=list)
    legend: list[Cell] = field(default_factory=list)
    used: set[Key] = field(default_factory=set)  # the cells that say its title and its day
    tables: list[TableRead] = field(default_factory=list)


def unmarked(text: str) -> str:
    """The words of a cell without the sign that keeps a spreadsheet from running them."""
    return text[1:] if text[:1] == "'" and text[1:2] in _LIVE else text
