"""Heading rows: where the tables of a sheet begin and end, one below the other or side by side, on one line or two."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from core.importing.tables.facing import Facing, is_blank
from core.importing.tables.wanted import LONGEST_HEADING, Fit, Judge
from core.sheets.reading.tagged import DATE, MARK, Plain

IsTable = Callable[[set[str]], bool]
JUDGED_CELLS = 3_000  # beyond, a heading row is looked for after a blank line, or where known headings come back
MOST = 0.8
MONTHS = 3  # first days of months in a row: the headings of a timetable


@dataclass(frozen=True)
class HeadedTable:
    """A table: heading lines, the last line of its body, its columns; all from 1, both ends included.

    `is_guess`: nothing in the headings is known.
    """

    facing: Facing
    top: int
    bottom: int
    end: int
    first: int
    last: int
    said: frozenset[str] = frozenset()
    is_guess: bool = False

    @property
    def columns(self) -> range:
        return range(self.first, self.last + 1)

    def headings(self) -> list[str]:
        return [" ".join(filter(None, heading_of(self, column))) for column in self.columns]


@dataclass
class Search:
    """Looks for the tables of one sheet. `opens` tells a title that begins another table with the same headings."""

    facing: Facing
    judge: Judge
    is_table: IsTable
    opens: Callable[[str], bool] | None = None
    _judged: int = 0
    _headings: set[Plain] = field(default_factory=set)

    def tables(self) -> list[HeadedTable]:
        """The tables, in the order of the sheet."""
        regions = _regions(self.facing)
        found = [self._in_region(first, last) for first, last in regions] if len(regions) > 1 else []
        if sum(map(bool, found)) > 1 and _are_apart(found):
            return sorted((table for tables in found for table in tables), key=lambda one: (one.top, one.first))
        return self._in_region(1, self.facing.width)

    def at(self, line: int) -> HeadedTable:
        """The table that a person says begins at a line, whatever its headings are."""
        top, bottom = self._span(line, 1, self.facing.width)
        table = HeadedTable(self.facing, top, bottom, self.facing.height, 1, self.facing.width)
        return self._said(_fitted(table))

    def guess(self) -> HeadedTable | None:
        """The likeliest table when no heading is known: several short texts in a row over filled cells."""
        for line in range(1, self.facing.height):
            columns = self._texts(line, 1, self.facing.width)
            below = set(self.facing.filled(line + 1))
            if len(columns) > 1 and len(below & columns.keys()) > len(columns) / 2:
                table = self.at(line)
                return replace(table, is_guess=2 * len(table.said) < len(columns))
        return None

    def _in_region(self, first: int, last: int) -> list[HeadedTable]:
        tables: list[HeadedTable] = []
        for top, bottom in self._candidates(first, last):
            table = HeadedTable(self.facing, top, bottom, self.facing.height, first, last)
            if tables and _same(tables[-1], table) and not self._is_opened(tables[-1], table):
                continue
            if tables:
                tables[-1] = replace(tables[-1], end=_start_of_title(tables[-1], table) - 1)
            tables.append(table)
        kept = [table for table in tables if table.end > table.bottom] or tables[-1:]
        return [self._said(part) for table in kept for part in self._side_by_side(_fitted(table))]

    def _candidates(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The lines that head a table; the first one may say its roles less exactly than the next ones."""
        done = 0
        needed: frozenset[str] | None = None  # the roles every line fills: where the first headings say them, all do
        for line in range(1, self.facing.height + 1):
            if line <= done or not self._is_looked_at(line):
                continue
            texts = self._texts(line, first, last)
            if not texts or not self.judge.said(texts.values()):
                continue
            top, bottom = self._span(line, first, last)
            if bottom > line:
                texts |= self._texts(bottom, first, last)
            if self._heads(list(texts.values()), needed):
                self._headings.update(filter(None, self.facing.line(bottom)))
                yield max(top, done + 1), bottom
                done = bottom
                if needed is None:
                    needed = self.judge.required & self.judge.said(texts.values())

    def _is_looked_at(self, line: int) -> bool:
        if self._judged < JUDGED_CELLS or not self._headings.isdisjoint(self.facing.line(line)):
            return True
        return len(self.facing.filled(line - 1)) <= 1

    def _texts(self, line: int, first: int, last: int) -> dict[int, str]:
        """The texts of a line by column; none when it holds too many days, numbers or sentences for a heading."""
        values = self.facing.line(line)[first - 1 : last]
        filled = [(first + rank, value) for rank, value in enumerate(values) if not is_blank(value)]
        months = [one for one in filled if _is_first_day(one[1])]
        if len(months) >= MONTHS and len(filled) > len(months):  # of a timetable: its first days head columns
            filled = [one for one in filled if one not in months]
        texts = {
            column: " ".join(value.split())
            for column, value in filled
            if isinstance(value, str) and not value.startswith(MARK) and len(value) <= LONGEST_HEADING
        }
        self._judged += len(texts)
        return texts if len(texts) >= MOST * len(filled) else {}

    def _heads(self, texts: list[str], needed: frozenset[str] | None) -> bool:
        exact = self.judge.said(texts, Fit.EXACT)
        if needed is None:
            return bool(exact) and self.is_table(self.judge.said(texts))
        return self.is_table(exact) and len(exact) > len(texts) / 2 and needed <= self.judge.said(texts)

    def _span(self, line: int, first: int, last: int) -> tuple[int, int]:
        """The heading lines: a line of groups above, or of sub-headings below, belongs to them."""
        if self._is_under(line, line + 1, first, last):
            return line, line + 1
        return (line - 1, line) if self._is_over(line - 1, line, first, last) else (line, line)

    def _is_under(self, line: int, below: int, first: int, last: int) -> bool:
        """Whether a line holds the sub-headings of the line above: only under groups, where a heading has room."""
        texts = self._texts(below, first, last)
        filled = set(self.facing.filled(below, first, last))
        if len(texts) < 2 or texts.keys() != filled:
            return False
        above = set(self.facing.filled(line, first, last))
        if len(above) < 2:
            return False
        grouped = {column for column in texts if self._group(line, column, above)}
        alone = [column for column in above if column not in grouped]
        return grouped == filled and bool(filled - above) and all(column not in filled for column in alone)

    def _group(self, line: int, column: int, above: set[int]) -> bool:
        """Whether a heading stands over several columns there: merged, or with nothing at its right."""
        block = self.facing.block(line, column)
        if block is not None and block.height == 1:
            return block.width > 1
        if block is not None and block.width == 1:
            return False
        start = max((one for one in above if one <= column), default=0)
        return bool(start) and (start + 1 not in above)

    def _is_over(self, line: int, below: int, first: int, last: int) -> bool:
        """Whether merged groups stand above the headings: two columns wide at least, none over the whole table."""
        if line not in self.facing.merged_lines:
            return False
        columns = self.facing.filled(line, first, last)
        blocks = [block for column in columns if (block := self.facing.block(line, column)) and block.width > 1]
        width = len(self.facing.filled(below, first, last))
        return bool(blocks) and all(block.height == 1 and block.width < width for block in blocks)

    def _is_opened(self, before: HeadedTable, table: HeadedTable) -> bool:
        """Whether headings said again begin another table: a title over them, after a blank line."""
        start = _start_of_title(before, table)
        lines = range(start, table.top)
        titles = [self.facing.words(line, column) for line in lines for column in self.facing.filled(line)]
        is_parted = any(not self.facing.filled(line) for line in lines)
        return bool(titles) and (is_parted or any(self.opens(title) for title in titles if self.opens))

    def _side_by_side(self, table: HeadedTable) -> list[HeadedTable]:
        """The same headings again at the right begin another table."""
        headings = table.headings()
        half, rest = divmod(len(headings), 2)
        if (
            rest
            or not half
            or headings[:half] != headings[half:]
            or not self.is_table(self.judge.said(headings[:half]))
        ):
            return [table]
        middle = table.first + half
        return [replace(table, last=middle - 1), replace(table, first=middle)]

    def _said(self, table: HeadedTable) -> HeadedTable:
        best = (next(iter(self.judge.of(*heading_of(table, column)).items()), None) for column in table.columns)
        return replace(table, said=frozenset(found[0] for found in best if found and found[1] >= Fit.LEADS))


def heading_of(table: HeadedTable, column: int) -> tuple[str, str]:
    """The group over a column (empty when the headings are on one line) and its own heading."""
    facing = table.facing
    own = facing.words(table.bottom, column)
    if table.top == table.bottom:
        return "", own
    group = facing.words(table.top, column)
    if not group and own and facing.block(table.top, column) is None:  # groups of a file without merged cells
        before = (facing.words(table.top, one) for one in range(column - 1, table.first - 1, -1))
        group = next(filter(None, before), "")
    return ("", own or group) if group == own or not own else (group, own)


def _regions(facing: Facing) -> list[tuple[int, int]]:
    """The runs of columns that hold something, parted by columns that hold nothing in the whole sheet."""
    runs: list[tuple[int, int]] = []
    for column in facing.used_columns(1, facing.height):
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


def _are_apart(found: list[list[HeadedTable]]) -> bool:
    """Whether what stands side by side are several tables: other heading lines, or most roles twice."""
    firsts = [tables[0] for tables in found if tables]
    if len({table.bottom for table in firsts}) > 1:
        return True
    first, *others = (table.said for table in firsts)
    return all(len(first & other) >= MOST * max(len(first), len(other)) for other in others)


def _same(before: HeadedTable, table: HeadedTable) -> bool:
    """Whether a table says the headings of the one before again, at the same columns."""
    said, again = before.headings(), table.headings()
    columns = [text for text in said if text]
    shift = table.first - before.first
    same = sum(bool(text) and again[rank - shift : rank - shift + 1] == [text] for rank, text in enumerate(said))
    return same >= MOST * len(columns)


def _start_of_title(before: HeadedTable, table: HeadedTable) -> int:
    """The first of the lines over other headings that are blank or hold one cell."""
    line = table.top
    while line - 1 > before.bottom and len(before.facing.filled(line - 1, table.first, table.last)) <= 1:
        line -= 1
    return line


def _fitted(table: HeadedTable) -> HeadedTable:
    """The table with its own columns: those beside it, without heading and parted by a blank one, are not of it."""
    facing = table.facing
    used = [column for column in facing.used_columns(table.top, table.end) if table.first <= column <= table.last]
    headed = {column for column in used if any(facing.words(line, column) for line in (table.top, table.bottom))}
    runs: list[list[int]] = []
    for column in used:
        if runs and runs[-1][-1] == column - 1:
            runs[-1].append(column)
        else:
            runs.append([column])
    own = [column for run in runs if headed.intersection(run) for column in run]
    return replace(table, first=min(own), last=max(own)) if own else table


def _is_first_day(value: object) -> bool:
    """Whether a value is the first day of a month."""
    return isinstance(value, str) and value.startswith(DATE) and value.endswith("-01")
