"""What a reader fills, before it crosses to the calling process."""

from dataclasses import dataclass, field
from itertools import starmap
from typing import Any

from core.sheets.reading.cells import NO_MARKS, Marks, Place
from core.sheets.reading.formats import plain_text
from core.sheets.reading.model import MergedRange, Remark, Sheet, covered_places
from core.sheets.reading.tagged import decode


@dataclass
class RawSheet:
    """One sheet; None and "" are no value. `merged`: first row, first column, last row, last column, from 1."""

    name: str
    rows: list[list]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    texts: list[tuple[int, int, str]] = field(default_factory=list)
    formulas: list[Place] = field(default_factory=list)
    is_hidden: bool = False
    marks: dict[Place, Marks] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    filtered_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_lines: bool = False
    lead: str = ""

    def mark(self, row: int, column: int, **told: Any) -> None:
        """Tells of a cell what it has beyond its value: the fields of Marks."""
        self.marks[row, column] = self.marks.get((row, column), NO_MARKS)._replace(**told)

    def value(self, row: int, column: int) -> object:
        """What a place holds, None outside the rows."""
        line = self.rows[row - 1] if row <= len(self.rows) else []
        return line[column - 1] if column <= len(line) else None

    def put(self, row: int, column: int, value: object) -> None:
        """Writes a value, wherever the rows end. The caller has checked the place."""
        self.rows.extend([] for _ in range(row - len(self.rows)))
        line = self.rows[row - 1]
        line.extend([None] * (column - len(line)))
        line[column - 1] = value

    def finished(self) -> Sheet:
        """The sheet: what merges cover taken out of the values, what is empty below and to the right dropped."""
        self._cover()
        self._trim()
        for (row, column), marks in self.marks.items():
            if marks.lacks_value or marks.covered_text:
                self.put(row, column, None)
        widest = max(map(len, self.rows), default=0)
        return Sheet(
            name=self.name,
            values=self.rows,
            merged=[MergedRange(*block) for block in self.merged],
            texts={(row, column): text for row, column, text in self.texts},
            formulas=frozenset(self.formulas),
            is_hidden=self.is_hidden,
            marks=self.marks,
            hidden_rows=frozenset(row for row in self.hidden_rows if row <= len(self.rows)),
            filtered_rows=frozenset(row for row in self.filtered_rows if row <= len(self.rows)),
            hidden_columns=frozenset(column for column in self.hidden_columns if column <= widest),
            is_lines=self.is_lines,
            lead=self.lead,
        )

    def _cover(self) -> None:
        """A value under a merge is seen by nobody: it is told, and not served."""
        covered = covered_places(starmap(MergedRange, self.merged), len(self.rows), max(map(len, self.rows), default=0))
        if not covered:
            return
        texts = {(row, column): text for row, column, text in self.texts}
        for (row, column), block in covered.items():
            values = self.rows[row - 1] if row <= len(self.rows) else []
            if (row, column) == (block.first_row, block.first_column) or column > len(values):
                continue
            value, values[column - 1] = values[column - 1], None
            if value not in (None, ""):
                text = texts.pop((row, column), None) or plain_text(decode(value)[0])
                self.mark(row, column, covered_text=text)
        self.texts = [(*place, text) for place, text in texts.items()]

    def _trim(self) -> None:
        for row in self.rows:
            while row and (row[-1] is None or row[-1] == ""):
                row.pop()
        while self.rows and not self.rows[-1]:
            self.rows.pop()


@dataclass
class RawBook:
    """A file as its reader leaves it."""

    kind: str
    sheets: list[RawSheet]
    encoding: str = ""
    remarks: list[Remark] = field(default_factory=list)
