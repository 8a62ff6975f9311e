"""Sheets of attendance whose title tells another day than that of the meeting: asked about."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from clu.imports.readers import NO, days_in
from core.base.words import in_words
from core.importing.accounts import Cell
from core.importing.asks import Ask, Given, settle
from core.importing.layout import COLUMNS
from core.importing.places import ReadPlace
from core.importing.tables.recognise import YES_OR_NO
from core.importing.tables.table_import import Entered
from core.importing.words import plain

OTHER_DAY = "feuille d’une autre réunion"
_MEETING = re.compile(
    r"^(?!.*\b(?:arrete|edite\w*|imprime\w*|convocation|mise? a jour|maj)\b)"
    r".*\b(?:reunions?|seances?|presences?|emargement|participants?|clu|copil|clac|comite)\b"
)


def asks_of_day(entries: Sequence[Entered], held_on: date, given: Given) -> Iterator[Ask]:
    """Whether lists under a title that tells another day are of the meeting held that day."""
    titles = {entry.row.table.name: _title_of_another_day(entry, held_on) for entry in entries}
    asked: dict[Cell, Ask] = {}
    for cell, told in filter(None, titles.values()):
        sheet, row, column = cell
        asked[cell] = settle(
            given,
            f"day:{sheet}:{row}",
            f"Un titre dit le {in_words(told)} : ces présences sont-elles celles du {in_words(held_on)} ?",
            YES_OR_NO,
            proposed=NO,
            places=[ReadPlace(sheet, row, column, is_line=entries[0].row.facing.sheet.is_lines)],
            is_remembered=False,
        )
    for entry in entries:
        if title := titles[entry.row.table.name]:
            ask = asked[title[0]]
            entry.row.asked = ask.code if ask.is_open else entry.row.asked
            entry.row.left_out = OTHER_DAY if ask.value == NO else entry.row.left_out
    yield from asked.values()


def _title_of_another_day(entry: Entered, held_on: date) -> tuple[Cell, date] | None:
    """The nearest title over a table that tells the day of a meeting, where none tells the day of this one."""
    titles = [(cell, text) for cell, text in entry.row.titles() if _MEETING.search(plain(text))]
    told = [(cell, day) for cell, text in titles for day in days_in(text)]
    is_this = entry.row.table.axis != COLUMNS or held_on in {day for _cell, day in told}
    return None if is_this else next(iter(told), None)
