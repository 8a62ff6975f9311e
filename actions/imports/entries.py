"""The lines of the plans of a file: each with its words, their places, and the finding it is about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from actions.enums import FindingKind
from actions.imports import roles
from actions.imports.roles import ABOUT_AN_ACTION, ACTION, COMMENT, EFFECT, ENGAGEMENT, FINDING, NOTE, NUMBER, PART
from actions.imports.titles import is_title, updated_day
from actions.tables.plan_sheet import WITHOUT_SECTION
from core.importing.accounts import Cell as Key
from core.importing.follow_up.told import ToldDocument, ToldLine, unmarked
from core.importing.layout import Layout, TableRead
from core.importing.places import ReadPlace, error
from core.importing.tables import Lines, RowKind, SourceRow, titles_of
from core.importing.tables.documents import is_document
from core.importing.tables.rows import tidy
from core.importing.words import plain
from core.sheets.reading.model import Cell, Workbook

LONGEST_TITLE = 300
_REFERENCE = re.compile(r"[\w°.]{0,6}[-–. /]?\d[\d.,/-]*[a-z]?", re.IGNORECASE)
_OURS = re.compile(r"etat au .*empreinte|.*\baucun plan d actions ce jour")  # said of itself by an export of ours
_FATE = re.compile(r"\n?\[(?:supprimée?s? le|jumelée (?:le|avec)|effet le)[^\]]*\]\s*$")


@dataclass
class PlanEntry(ToldLine):
    """A line of a plan. `cells` are those of the table it was read from; a list of a text has none."""

    plan: str = ""
    finding: int = 0
    kind: str = ""
    number: int | None = None
    has_action: bool = True
    is_single: bool = False  # finding and action are one
    is_gone: bool = False  # an export of ours says that it was removed

    @property
    def is_wrong(self) -> bool:
        """Whether an error of its own keeps it from being recorded."""
        return any(problem.level == "error" for problem in self.problems)

    @property
    def is_undecided(self) -> bool:
        """Whether columns of its table are still asked about: what it lacks may stand in them."""
        return self.row is not None and self.row.table.is_undecided


def sources_of(book: Workbook, layout: Layout, lines: Lines) -> list[ToldDocument]:
    """The plans of the tables, in the order of the file; a table without a title goes on with the plan above it."""
    found: list[ToldDocument] = []
    for table in layout.tables:
        if not table.is_read:
            continue
        above = _above(book, layout, table)
        source = _same_plan(book, table, above, found)
        if source is None:
            source = above
            found.append(above)
            above.title = above.title or _title_in_text(book, above.used) or table.sheet
        source.tables.append(table)
        source.legend += above.legend if above is not source else []
        source.used |= above.used
        source.entries += _EntryReader(source, table).entries(row for row in lines.rows if row.table is table)
    return found


def _same_plan(book: Workbook, table: TableRead, above: ToldDocument, found: list[ToldDocument]) -> ToldDocument | None:
    """The plan that a table goes on with: of the same title on its sheet, without a title the last one."""
    if above.title:
        named = (one for one in found if one.sheet == table.sheet and plain(one.title) == plain(above.title))
        return next(named, None)
    last = found[-1] if found else None
    return last if last and (is_document(book) or last.sheet == table.sheet) else None


def _above(book: Workbook, layout: Layout, table: TableRead) -> ToldDocument:
    source = ToldDocument("", ReadPlace(table.sheet), table.sheet)
    cells = [cell for cell in titles_of(book, layout, table) if tidy(cell.text)]
    named = next((cell for cell in cells if cell.row < table.body[0] and is_title(cell.text)), None)
    for cell in filter(None, [named, *cells]):
        text = tidy(cell.text)
        if day := updated_day(text):
            source.updated_on = source.updated_on or day
        elif not source.title and cell.row <= table.headings[0] and _is_plain(cell, text):
            source.title = " ".join(text.split())[:LONGEST_TITLE]
            source.place = ReadPlace(table.sheet, cell.row, cell.column)
        else:
            source.legend.append(cell)
            source.is_ours |= bool(_OURS.match(plain(text)))
            continue
        source.used.add((table.sheet, cell.row, cell.column))
    return source


def _is_plain(cell: Cell, text: str) -> bool:
    """Whether a text may be a title: neither coloured as a legend, nor said of itself by an export of ours."""
    return not cell.fill and not _OURS.match(plain(text))


def _title_in_text(book: Workbook, used: set[Key]) -> str:
    """In a document, the title stands in its text, outside of the tables."""
    cells = ((sheet.name, cell) for sheet in book.sheets if sheet.is_lines for cell in sheet.filled())
    for name, cell in cells:
        if is_title(title := tidy(cell.text)):
            used.add((name, cell.row, cell.column))
            return title[:LONGEST_TITLE]
    return ""


class _EntryReader:
    """What the rows above say of the next ones."""

    def __init__(self, source: ToldDocument, table: TableRead):
        self.source, self.table = source, table
        self.finding = max((entry.finding for entry in source.entries), default=0)
        self.known: dict[tuple, int] = {}
        self.last: tuple = ()
        self.section = self.engagement = self.whole = ""
        self.lone: tuple[SourceRow, str] | None = None  # a finding alone on its line, and the section it stands in
        self.has_findings = bool(table.of_role(FINDING))
        self.is_flat = source.is_ours or bool(table.of_role(roles.PLAN))  # a blank says nothing, and nothing carries
        self.headings = {column.number: column.heading for column in table.columns}

    def entries(self, rows: Iterable[SourceRow]) -> Iterator[PlanEntry]:
        for row in rows:
            if row.kind == RowKind.BAND:
                self._band(row)
            elif row.used:
                yield self._place_under_finding(self._entry(row))

    def _band(self, row: SourceRow) -> None:
        """A band is a section; a number alone in the column of engagements is the engagement of the next rows."""
        text = " ".join(row.band.split())
        alone = {column for columns in row.by_role.values() for column in columns}
        is_finding = alone <= {column.number for column in self.table.of_role(FINDING)}
        self.lone = (row, self.section) if is_finding else None
        columns = self.table.of_role(ENGAGEMENT)
        if columns and re.match(r"[Ee]?\d", text) and not row.facing.block(row.number, columns[0].number):
            self.engagement = row.band
        else:
            self.section, self.engagement = "" if text == WITHOUT_SECTION else text, ""

    def _entry(self, row: SourceRow) -> PlanEntry:
        texts = {code: unmarked(row.text(code)) for code in row.by_role if self._is_told(row, code)}
        entry = PlanEntry(row.key, row.place_of_row, texts, {}, row=row)
        entry.has_action = any(texts.get(code) for code in ABOUT_AN_ACTION)
        self._number(entry)
        self._join_cells(entry)
        _cut_fates(entry)
        self._stand_under_lone(entry)
        entry.section = texts.get(roles.SECTION) or self.section
        texts[ENGAGEMENT] = texts.get(ENGAGEMENT) or self.engagement
        entry.plan = texts.get(roles.PLAN) or self.source.title
        return entry

    def _is_told(self, row: SourceRow, code: str) -> bool:
        return not self.is_flat or not row.is_carried(code) or is_merged(row, code)

    def _join_cells(self, entry: PlanEntry) -> None:
        """Notes, and effects told in several columns, are read together under their headings."""
        for code, is_headed in ((NOTE, True), (EFFECT, len(self.table.of_role(EFFECT)) > 1)):
            if cells := entry.cells(code):
                heads = [f"{self.headings.get(column, '')} : " if is_headed else "" for column, *_ in cells]
                entry.texts[code] = "\n".join(head + cell[2] for head, cell in zip(heads, cells, strict=True))

    def _stand_under_lone(self, entry: PlanEntry) -> None:
        """A lone text in the column of findings is that of the next lines when they have none, else their section."""
        if self.lone is None or entry.texts.get(FINDING):
            self.lone = None
            return
        row, self.section = self.lone
        entry.texts[FINDING] = row.band
        (column,) = (column for columns in row.by_role.values() for column in columns)
        entry.places[FINDING] = row.facing.place(row.number, column)

    def _number(self, entry: PlanEntry) -> None:
        """A number is that of the finding; words under « Recommandation » are what was found, or a note."""
        text = entry.texts.pop(NUMBER, "")
        if not text or _REFERENCE.fullmatch(text):
            entry.number = int(text) if text.isdecimal() and 0 < int(text) < 32768 else None
        elif self.has_findings:
            entry.texts[NOTE] = text
        else:
            entry.texts[FINDING] = text

    def _place_under_finding(self, entry: PlanEntry) -> PlanEntry:
        texts, row = entry.texts, entry.row
        self._join_part(entry)
        if not texts.get(FINDING) and texts.get(ACTION) and not entry.is_undecided:  # the action says it all
            texts[FINDING], entry.places[FINDING], entry.is_single = texts.pop(ACTION), entry.at(ACTION), True
        key = (entry.plan, entry.section, plain(texts.get(ENGAGEMENT, "")), plain(texts.get(FINDING, "")), entry.number)
        is_carried = row.is_carried(FINDING if self.has_findings else ACTION) and self.last[:2] == key[:2]
        _check_finding(entry, is_carried=is_carried)
        entry.finding = self._rank(entry, key, is_carried=is_carried)
        entry.kind = entry.kind or FindingKind.OBSERVATION
        return entry

    def _join_part(self, entry: PlanEntry) -> None:
        """The part of an action is told after the whole, which lines below may leave out."""
        texts = entry.texts
        if part := texts.pop(PART, ""):
            self.whole = texts.get(ACTION, "") or (self.whole if entry.row.is_carried(FINDING) else "")
            texts[ACTION] = f"{self.whole} – {part}" if texts.get(FINDING) and self.whole else part
            texts[FINDING] = texts.get(FINDING) or self.whole

    def _rank(self, entry: PlanEntry, key: tuple, *, is_carried: bool) -> int:
        """The rank of the finding that a line is about: the one above, one of the same number, or a new one."""
        is_same = entry.text(ACTION) and (key[:4] == self.last[:4] or (entry.number and key in self.known))
        if not (self.finding and (is_carried or is_same)):
            self.finding = max([self.finding, *self.known.values()]) + 1
            self.known[key] = self.finding
            self.last = key
        return self.known.get(key, self.finding) if is_same and entry.number else self.finding


def _cut_fates(entry: PlanEntry) -> None:
    """What an export of ours says of an action in brackets is none of its words."""
    for code in (FINDING, ACTION, COMMENT):
        while mark := _FATE.search(entry.text(code)):
            entry.texts[code] = entry.texts[code][: mark.start()]
            entry.is_gone = entry.is_gone or "supprim" in mark[0]


def _check_finding(entry: PlanEntry, *, is_carried: bool) -> None:
    """Say an error for an action without a finding."""
    is_bare = is_carried and not entry.text(ACTION) and not is_merged(entry.row, FINDING)
    if (is_bare or not entry.text(FINDING)) and not entry.is_undecided:
        message = f"La ligne {entry.row.number} décrit une action sans constat : "
        entry.problems.append(error(f"{message}écrivez le constat, ou supprimez la ligne.", entry.at(FINDING)))


def is_merged(row: SourceRow, code: str) -> bool:
    """Whether its cell is one block over the row and those above it."""
    places = ((row.facing.merged_from(row.number, one.number), one.number) for one in row.table.of_role(code))
    return any(above and row.facing.holds(above, column) for above, column in places)
