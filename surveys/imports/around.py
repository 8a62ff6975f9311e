"""What stands around the forms of a file: legends of scales, feet of tables, sheets and places of other sites."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from core.importing.accounts import Cell
from core.importing.asks import Ask, Settled
from core.importing.layout import Layout, TableRead
from core.importing.tables import SourceRow, titles_of
from core.importing.tables.facing import Facing
from core.importing.tables.recognise import NO, YES
from core.importing.words import STOP_WORDS, plain
from core.sheets.reading.model import Cell as SheetCell
from core.sheets.reading.model import Sheet, Workbook
from organisations.models import Unit
from surveys.imports.columns import DATE, NUMBER, PLACE, is_modality
from surveys.imports.scales import direction_written
from surveys.imports.words import WORDS
from surveys.models import Campaign

FOOT = "pied du tableau : total, effectif ou taux"
FOOT_LINES = 5
_FOOT = re.compile(WORDS["foot"])
_ANY_SITE = frozenset({"prefecture", "sous", "pref", "sp", "site", *STOP_WORDS})


@dataclass(frozen=True)
class Legend:
    """The text beside a table that tells which end of its marks is the most satisfied, and where it stands."""

    text: str
    cells: tuple[Cell, ...]


def legends_of(book: Workbook, layout: Layout) -> dict[str, Legend]:
    """The legend of each table that has one."""
    found, sheets = {}, {sheet.name: sheet for sheet in book.sheets}
    for table in layout.tables:
        cells = [*titles_of(book, layout, table), *_under(sheets[table.sheet], table)] if table.is_read else []
        for some in (*([cell] for cell in cells), cells):
            text = " ; ".join(cell.text for cell in some)
            if direction_written(text):
                found[table.name] = Legend(text, tuple((table.sheet, cell.row, cell.column) for cell in some))
                break
    return found


def _under(sheet: Sheet, table: TableRead) -> Iterator[SheetCell]:
    """The lone cells at the foot of a table."""
    facing = Facing(sheet, table.axis)
    for line in range(max(table.body[0], table.body[1] - FOOT_LINES), table.body[1] + 1):
        filled = facing.filled(line)
        if len(filled) == 1:
            yield facing.cell(line, filled[0])


def without_feet(rows: Iterable[SourceRow]) -> Iterator[SourceRow]:
    """The rows that are forms; those that count them, under the table, are left out."""
    for row in rows:
        if _is_foot(row):
            row.left_out = FOOT
        else:
            yield row


def _is_foot(row: SourceRow) -> bool:
    values = enumerate(row.facing.line(row.number), start=1)
    first, head = next(((number, value) for number, value in values if value not in (None, "")), (0, None))
    if not isinstance(head, str):
        return False
    if not (_FOOT.fullmatch(plain(head)) or is_modality(head) or direction_written(head)):
        return False
    codes = {code for code, columns in row.by_role.items() if first in columns}
    return codes <= {NUMBER, DATE, PLACE} and row.text(DATE) in ("", head.strip())


@dataclass(frozen=True)
class Sites:
    """Tells the site of a campaign from the others, by the words of a sheet or of a place."""

    campaign: Campaign

    def layout(self, layout: Layout) -> Layout:
        """Sheets named as sites are those of one's own, or asked about."""
        read = [ask for ask in layout.asks if ask.code.startswith("sheet:") and ask.value == YES]
        if len(read) < 2:
            return layout
        has_own = any(map(self.is_own, map(_name, read)))
        doubtful = {ask.code for ask in read if ask.source == Settled.FOUND and self._is_doubtful(_name(ask), has_own)}
        asks = (
            replace(ask, value="", source=Settled.OPEN, proposed=NO) if ask.code in doubtful else ask
            for ask in layout.asks
        )
        return replace(layout, asks=tuple(asks))

    def is_own(self, name: str) -> bool:
        return _names(name, self._words[self.campaign.site_id])

    def is_other(self, name: str) -> bool:
        """Whether words name another site than that of the campaign."""
        return not self.is_own(name) and any(_names(name, words) for words in self._words.values())

    def _is_doubtful(self, name: str, has_own: bool) -> bool:
        return self.is_other(name) or (has_own and not self.is_own(name))

    @cached_property
    def _words(self) -> Mapping[int, list[set[str]]]:
        rows = Unit.objects.sites().values_list("pk", "name", "sigle", "code")
        return {pk: [set(plain(name).split()) for name in names if name] for pk, *names in rows}


def _name(ask: Ask) -> str:
    return ask.code.partition(":")[2]


def _names(name: str, sites: Iterable[set[str]]) -> bool:
    """Whether all the words that count are among those of a name of a site."""
    words = set(plain(name).split()) - _ANY_SITE
    return bool(words) and any(words <= site for site in sites)
