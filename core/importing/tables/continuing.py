"""Lines that continue the one above: a text over several rows, a line cut by a paragraph within a pasted cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.importing.asks import Ask, Given, Option, settle
from core.importing.layout import TableRead
from core.importing.tables.contents import Contents, contents_of
from core.importing.tables.facing import Facing, is_blank
from core.importing.tables.rows import RowPart, SourceRow, tidy
from core.importing.words import plain
from core.sheets.reading.tagged import Plain

JOIN, TITLE, ALONE = "join", "title", "line"
JOINED = Option(JOIN, "la suite de la ligne au-dessus")
APART = (Option(TITLE, "le titre des lignes du dessous"), Option(ALONE, "une ligne de plus"))
USUAL = 3  # filled cells of a line above that a lone one may continue
SHOWN = 60  # characters of a line in a question

_PART = re.compile(
    r"(?:axes?|themes?|thematiques?|objectifs?|volets?|chapitres?|parties?|modules?|domaines?|poles?|chantiers?|titres?)"
    r" (?:n |no )?(?:\d+|[ivx]+|[a-h])\b.*"
)  # « AXE 2 – COURRIER »
_CONTINUES = re.compile(r"[a-zà-ÿ(,;:…&+]|[-–•] ?\S")


@dataclass
class Continuing:
    """Says of the lines of a body whether they are the end of the row above. `texts` are the columns of free texts."""

    table: TableRead
    facing: Facing
    given: Given
    numbers: Sequence[int]
    texts: frozenset[int]
    _contents: dict[int, Contents] = field(default_factory=dict)

    def part(self, line: int, own: list[int], above: SourceRow | None) -> tuple[RowPart, Ask] | None:
        """What a line would be of the row above, or of those below, and the question about it (settled when sure)."""
        found = None
        if above is not None and above.parts[-1].line == line - 1:
            found = self._shifted(line, own, above) or self._under(line, own, above)
        is_over = self._stands_over(line, own) and not (found and found[1])
        if found is None and not is_over:
            return None
        said = tidy(self.facing.cell(line, own[0]).text)
        sure = JOIN if found and found[1] else TITLE if is_over and _PART.fullmatch(plain(said)) else ""
        ask = settle(
            self.given,
            f"join:{self.table.name}:{line}",
            f"Que dit la ligne {line}, « {said[:SHOWN]} » ?",
            (JOINED, *APART) if found else APART,
            found=sure,
            proposed=JOIN if found else TITLE,
            places=[self.facing.place(line, column) for column in own],
            is_remembered=False,
        )
        return found[0] if found else RowPart(line), ask

    def _stands_over(self, line: int, own: list[int]) -> bool:
        """Whether a short text alone on its line, in the first of the columns of texts, stands over a full line."""
        if len(own) > 1 or own[0] != min(self.texts, default=0):
            return False
        said = tidy(self.facing.cell(line, own[0]).text)
        below = sum(self.facing.holds(line + 1, column) for column in self.numbers)
        return len(said) <= SHOWN and not _CONTINUES.match(said) and below >= USUAL

    def _under(self, line: int, own: list[int], above: SourceRow) -> tuple[RowPart, bool] | None:
        """Texts alone under filled cells: surely their end when they begin as one, else a question."""
        if len(own) > 2 or not self.texts.issuperset(own):
            return None
        filled = [column for column in self.numbers if self.facing.holds(above.number, column)]
        if len(filled) < max(USUAL, len(own) + 2) or not set(own) <= set(filled):
            return None
        texts = [tidy(self.facing.cell(line, column).text) for column in own]
        is_sure = all(_CONTINUES.match(text) for text in texts)
        return (RowPart(line), is_sure) if is_sure or len(own) == 1 else None

    def _shifted(self, line: int, own: list[int], above: SourceRow) -> tuple[RowPart, bool] | None:
        """A line cut by a paragraph within a cell: what is left of it begins again at the first column."""
        columns = [column.number for column in self.table.columns]
        first, last = min(columns), max(columns)
        before = self.facing.filled(above.parts[-1].line, first, last)
        if not _is_cut(before, own, first, last):
            return None
        cut = len(before)
        values = {column: self.facing.raw(line, column) for column in own}
        here = sum(self._suits(column, value) for column, value in values.items())
        there = sum(self._suits(column + cut - 1, value) for column, value in values.items())
        return (RowPart(line, cut - 1, first + cut - 1), there > here + 1) if there > here else None

    def _suits(self, column: int, value: Plain) -> int:
        """Whether a value is of the kind of a column: 1 of the same, -1 of another, 0 when nothing tells."""
        if column not in self._contents:
            body = range(self.table.body[0], self.table.body[1] + 1)
            raws = (self.facing.raw(line, column) for line in body)
            self._contents[column] = contents_of(raw for raw in raws if not is_blank(raw))
        usual = self._contents[column]
        is_day, is_number = usual.days > usual.filled / 2, usual.numbers > usual.filled / 2
        kind = contents_of([value])
        if not (kind.days or kind.numbers or is_day or is_number):
            return 0
        return 1 if (bool(kind.days), bool(kind.numbers)) == (is_day, is_number) else -1


def _is_cut(before: list[int], own: list[int], first: int, last: int) -> bool:
    """Whether a line ends in a cell and another begins with the rest of it: together they fill the columns."""
    cut, rest, width = len(before), len(own), last - first + 1
    are_from_first = before == list(range(first, first + cut)) and own == list(range(first, first + rest))
    return are_from_first and cut + rest - 1 == width and cut != width and rest >= 2
