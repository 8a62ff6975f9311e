"""Read the lines of recognised tables, one after the other: what each is, what it carries, what it continues."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from core.importing.asks import Ask, Given, settle
from core.importing.layout import ColumnRead, Layout, TableRead
from core.importing.tables.continuing import JOIN, TITLE, Continuing
from core.importing.tables.facing import Facing
from core.importing.tables.recognise import NO
from core.importing.tables.remarks import remarks
from core.importing.tables.roles import LEFT_UNREAD
from core.importing.tables.rows import Lines, RowKind, RowPart, Skipped, SourceRow, tidy
from core.importing.tables.samples import FOOT, TAKEN, counts_lines, is_counted_total, is_sample, is_signed, is_total
from core.importing.tables.wanted import Content, Wanted
from core.importing.words import plain
from core.sheets.reading.model import Workbook

REPEATED, TOTAL, LEGEND, SIGNED = "titres répétés", "ligne de total", "légende", "signature du document"
DITTO = "répète la cellule du dessus"
HIDDEN, STRUCK, SAMPLE = "ligne masquée (choisi)", "texte barré (choisi)", "exemple ou consigne (choisi)"
MOST = 0.8  # of the cells of a line that say the headings again
WIDE = 3  # columns under a merged cell that make it a band

_COUNT = re.compile(r"\d[\d ]*(?: (?:sur )?[a-z]+){0,3}")  # « 3 actions », « 1 fait »
_DITTO = re.compile(r"(?:idem|id\.|ditto|[\"″〃])\.?", re.IGNORECASE)
_LEGEND = re.compile(r"(?:legende|nota(?: bene)?|nb|cle de lecture|key|legend)\b.*")


def read_lines(
    book: Workbook, layout: Layout, wanted: Sequence[Wanted], *, given: Given, notes_to: str = "", joins: bool = True
) -> Lines:
    """The lines of every table that is read, in order. Notes go to the role `notes_to`, or are told as not taken.

    `joins`: a line may be the end of the one above. Where each line is a person, it never is.
    """
    lines = Lines()
    sheets = {sheet.name: sheet for sheet in book.sheets}
    roles = {one.code: one for one in wanted}
    for table in layout.tables:
        if table.is_read:
            facing = Facing(sheets[table.sheet], table.axis)
            _Body(table, facing, roles, given, lines, notes_to, joins).read()
    return lines


@dataclass
class _Body:
    """The body of a table while it is read."""

    table: TableRead
    facing: Facing
    wanted: dict[str, Wanted]
    given: Given
    lines: Lines
    notes_to: str
    joins: bool = True
    band: str = ""
    carried: dict[int, int] = field(default_factory=dict)  # column → the line its value comes from
    told: dict[int, int] = field(default_factory=dict)  # column → the last line that says something there
    repeated: dict[int, int] = field(default_factory=dict)  # column → the line that « idem » repeats on this one
    previous: SourceRow | None = None

    def __post_init__(self) -> None:
        self.read_columns = [column for column in self.table.columns if column.code not in ("", LEFT_UNREAD)]
        self.numbers = [column.number for column in self.read_columns]
        self.is_read = frozenset(self.numbers)
        every = [column.number for column in self.table.columns]
        self.first, self.last = min(every, default=1), max(every, default=1)
        self.roles: dict[str, list[int]] = {}
        for column in self.read_columns:
            self.roles.setdefault(column.code, []).append(column.number)
        self.carries = [one.number for one in self.read_columns if self._role(one).is_carried]
        self.headings = self._headings()
        top, bottom = self.table.headings
        self.heading_values = {*self.facing.line(top), *self.facing.line(bottom)} - {None, ""}
        asks = {ask.code.partition(":")[0]: ask for ask in self.table.asks}
        self.hidden, self.struck = asks.get("hidden"), asks.get("struck")
        self.ignored = self.facing.struck if self.struck and self.struck.value == NO else frozenset()
        self.notes = self._notes() if self.notes_to else {}
        self.continuing = Continuing(self.table, self.facing, self.given, self.numbers, self._texts())

    def _headings(self) -> dict[int, set[str]]:
        """The words that head each column, to know them again lower down."""
        return {
            one.number: {self.facing.words(line, one.number) for line in self.table.headings}
            for one in self.table.columns
            if one.heading
        }

    def _notes(self) -> dict[int, list[str]]:
        """The notes of each line within the table."""
        notes: dict[int, list[str]] = defaultdict(list)
        for line, number, note in self.facing.notes:
            if self.first <= number <= self.last:
                notes[line].append(note)
        return notes

    def read(self) -> None:
        for line in range(self.table.body[0], self.table.body[1] + 1):
            own = self.facing.filled(line, self.first, self.last)
            if self.ignored:
                self._skip_struck(line, own)
                own = [column for column in own if (line, column) not in self.ignored]
            if not own:
                self.previous = None
                continue
            if why := self._unwanted(line, own):
                self._skip(line, own, why)
                continue
            self._take(line, own)
        found = remarks(self.table, self.facing, self.read_columns, self.wanted, notes_to=self.notes_to)
        self.lines.problems.extend(found)

    def _unwanted(self, line: int, own: list[int]) -> str:
        """Why a line makes no row; empty when it makes one."""
        hidden = self._hidden_ask(line)
        if hidden and hidden.value == NO:
            return HIDDEN
        if self._is_heading(line, own):
            return REPEATED
        if len(own) == 1 and _LEGEND.match(plain(self.facing.words(line, own[0]))):
            return LEGEND
        if self.previous is None and self.lines.rows and is_signed(self._words(line, own)):
            return SIGNED
        return TOTAL if self._is_total(line, own) else ""

    def _hidden_ask(self, line: int) -> Ask | None:
        """What is asked about hidden lines, of one that is."""
        return self.hidden if line in self.facing.hidden_lines else None

    def _words(self, line: int, own: list[int]) -> list[str]:
        return [self.facing.words(line, one) for one in own]

    def _is_heading(self, line: int, own: list[int]) -> bool:
        """Whether the line says the headings again, as on each page of a printed table."""
        if self.heading_values.isdisjoint(self.facing.line(line)):
            return False
        others = len(own) - MOST * len(own)  # cells that may say something else: a few tell an ordinary line
        for column in own:
            others -= self.facing.words(line, column) not in self.headings.get(column, ())
            if others < 0:
                return False
        return len(own) > 1

    def _is_total(self, line: int, own: list[int]) -> bool:
        """« Total », then figures only: « 3 », « 3 actions »."""
        head = self.facing.raw(line, own[0])
        if not isinstance(head, str):
            return False
        if len(own) < 2:
            return is_counted_total(head) and bool(self.lines.rows)
        is_foot = line > self.table.body[1] - FOOT and len(own) * 2 <= len(self.numbers) + 1 and self.lines.rows
        if is_foot and counts_lines(self._words(line, own)):
            return True
        return is_total(head) and all(_is_count(self.facing.raw(line, column)) for column in own[1:])

    def _take(self, line: int, own: list[int]) -> None:
        if len(own) == 1 and self._is_band(line, own[0]):
            self._begin(line, own)
            return
        read = self._without_ditto(line, [column for column in own if column in self.is_read])
        if not read:
            self.previous = None
            return
        if self._is_joined(line, own):
            return
        sample = self._sample(line, read)
        if sample and sample.value == NO:
            self._skip(line, own, SAMPLE)
            return
        self._carry(line, read)
        self._add(line, read, RowKind.LINE)
        if sample and sample.is_open:
            self.lines.rows[-1].asked = sample.code

    def _begin(self, line: int, own: list[int]) -> None:
        """A title over the next lines: nothing goes on from those above."""
        self.band = tidy(self.facing.cell(line, own[0]).text)
        self.carried.clear()
        self._add(line, own, RowKind.BAND)

    def _sample(self, line: int, read: list[int]) -> Ask | None:
        """An example or an instruction is asked about."""
        values = [self.facing.raw(line, column) for column in read]
        if not is_sample(values, is_first=line == self.table.body[0]):
            return None
        said = tidy(self.facing.cell(line, read[0]).text)[:60]
        ask = settle(
            self.given,
            f"sample:{self.table.name}:{line}",
            f"La ligne {line}, « {said} », semble montrer comment remplir le tableau : la reprendre ?",
            TAKEN,
            proposed=NO,
            places=[self.facing.place(line, column) for column in read],
            is_remembered=False,
        )
        self.lines.asks.append(ask)
        return ask

    def _without_ditto(self, line: int, read: list[int]) -> list[int]:
        """The cells that say something of their own; « idem » says what the nearest line above says there."""
        self.repeated = {}
        for column in read:
            value = self.facing.raw(line, column)
            if isinstance(value, str) and _DITTO.fullmatch(value.strip()) and (above := self.told.get(column)):
                self.repeated[column] = above
                self.lines.skipped.append(Skipped((self.facing.key(line, column),), DITTO))
            else:
                self.told[column] = line
        return [column for column in read if column not in self.repeated]

    def _is_band(self, line: int, column: int) -> bool:
        """Whether a lone cell heads the next lines: merged over the width, no day, or first where values carry down."""
        block = self.facing.block(line, column)
        width = min(WIDE, self.last - self.first + 1)
        if block is not None and block.width >= max(width, 2) and block.height == 1:
            return True
        if self._merged(line):
            return False
        if self._is_word_among_days(line, column):
            return True
        if column == self.first and self._is_heading(line + 1, self.facing.filled(line + 1, self.first, self.last)):
            return True  # a title, then the headings again
        return column == self.first and (column in self.carries or column not in self.numbers)

    def _is_word_among_days(self, line: int, column: int) -> bool:
        """« RÉCLAMATIONS », alone on its line in a column of days: what the next lines are."""
        role = next((self._role(one) for one in self.read_columns if one.number == column), None)
        said = self.facing.raw(line, column)
        return role is not None and role.holds == Content.DAYS and isinstance(said, str) and not re.search(r"\d", said)

    def _merged(self, line: int) -> dict[int, int]:
        """The columns whose value is merged down from a line above."""
        if line not in self.facing.merged_lines:
            return {}
        found = {column: self.facing.merged_from(line, column) for column in self.numbers}
        return {column: above for column, above in found.items() if above and self.facing.holds(above, column)}

    def _carry(self, line: int, read: list[int]) -> None:
        """A value of a carried role holds for the next lines; what it heads, at its right, begins anew."""
        for rank, column in enumerate(self.carries):
            if column in read:
                self.carried[column] = line
                for lower in self.carries[rank + 1 :]:
                    self.carried.pop(lower, None)

    def _add(self, line: int, own: list[int], kind: RowKind) -> None:
        is_line = kind == RowKind.LINE
        origins = self._origins(line, own) if is_line else {}
        roles = self.roles if is_line else {"": own}
        row = SourceRow(self.table, self.facing, line, kind, roles, (RowPart(line),), origins, self.band)
        row.ignored = self.ignored
        row.notes_to, row.notes = self.notes_to, tuple(self.notes.get(line, ()))
        hidden = self._hidden_ask(line)
        if hidden and hidden.is_open:
            row.asked = hidden.code
        self.lines.rows.append(row)
        self.previous = row if is_line else None

    def _origins(self, line: int, own: list[int]) -> dict[int, int]:
        """The lines above from which the columns that a line leaves empty take their values."""
        carried = {column: above for column, above in self.carried.items() if above != line}
        found = carried | self._merged(line) | self.repeated
        return {column: above for column, above in found.items() if column not in own}

    def _is_joined(self, line: int, own: list[int]) -> bool:
        """Whether the line became the end of the row above, or a title: sure, or said by the person; asked in doubt."""
        above = self.previous
        found = self.continuing.part(line, own, above) if self.joins and not self._merged(line) else None
        if found is None:
            return False
        part, ask = found
        self.lines.asks.append(ask)
        if ask.value == JOIN and above is not None:
            above.parts = (*above.parts, part)
        elif ask.value == TITLE:
            self._begin(line, own)
        return ask.value in (JOIN, TITLE)

    def _skip(self, line: int, own: list[int], why: str) -> None:
        cells = tuple(self.facing.key(line, column) for column in own if column in self.is_read)
        self.lines.skipped.append(Skipped(cells, why))
        self.previous = None

    def _skip_struck(self, line: int, own: list[int]) -> None:
        struck = tuple(self.facing.key(line, column) for column in own if (line, column) in self.ignored)
        if struck:
            self.lines.skipped.append(Skipped(struck, STRUCK))

    def _texts(self) -> frozenset[int]:
        """The columns of free texts: those that a line below may continue."""
        kinds = (Content.ANY, Content.TEXT)
        roles = {column.number: self._role(column) for column in self.read_columns}
        return frozenset(
            number for number, role in roles.items() if role.holds in kinds and not (role.is_carried or role.is_key)
        )

    def _role(self, column: ColumnRead) -> Wanted:
        return self.wanted[column.code]


def _is_count(value: object) -> bool:
    """Whether a value is no word: a number, « 3 actions »."""
    return not isinstance(value, str) or _COUNT.fullmatch(plain(value)) is not None
