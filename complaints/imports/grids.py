"""What is no register: a grid of indicators, with periods across or down, or a count of complaints by period."""

import re
from collections.abc import Mapping
from itertools import chain

from core.base.months import month_number
from core.importing.layout import ColumnRead, Layout, TableRead
from core.importing.places import ReadPlace
from core.importing.words import plain
from core.sheets.reading.model import Sheet, Workbook

MONTHS = 6
QUARTERS = 3
_INDICATOR = re.compile(r"\s*(?:indicateurs?|cibles?)\s*", re.IGNORECASE)
_QUARTER = re.compile(r"t ?([1-4])|([1-4])(?:er|e|eme)? (?:trim|trimestre)|trimestre ([1-4])")
_DAY = re.compile(r"(?:dates?|jours?)")
_COUNTS = re.compile(
    r"(?:nombre|nb|nbre|total)(?: total)? (?:de |d )?(?:reclamations?|suggestions?|demandes?|dossiers?|saisines?|"
    r"courriels?|courriers?|messages?)(?: .*)?|taux(?: .*)?|delais? moyens?(?: .*)?|"
    r"(?:reclamations? |suggestions? )?(?:recues|enregistrees|repondues|traitees|closes|cloturees|en cours)"
    r"(?! le\b)(?: .*)?"
)


def period_in(book: Workbook) -> ReadPlace | None:
    """Where a file begins to be a grid of indicators, as no register is: its periods, or the words « Indicateur »."""
    return next((place for sheet in book.sheets if (place := _period_in(sheet))), None)


def _period_in(sheet: Sheet) -> ReadPlace | None:
    """The first of the months or quarters across or down a sheet, or the cell that speaks of indicators and targets."""
    down: dict[int, ReadPlace] = {}
    for number, row in enumerate(sheet.rows, start=1):
        texts = ((column, cell.text) for column, cell in enumerate(row, start=1))
        cells = [(ReadPlace(sheet.name, number, column), text) for column, text in texts if text]
        months = {month: place for place, text in reversed(cells) if (month := _month(text))}
        down = {month: place for place, text in cells[:1] if (month := _month(text))} | down
        quarters = {found[0]: place for place, text in reversed(cells) if (found := _QUARTER.fullmatch(plain(text)))}
        begun = (held for held, least in ((months, MONTHS), (down, MONTHS), (quarters, QUARTERS)) if len(held) >= least)
        said = (place for place, text in cells if _INDICATOR.fullmatch(text))
        if found := next(chain(map(_first, begun), said), None):
            return found
    return None


def _first(held: Mapping[int, ReadPlace]) -> ReadPlace:
    return min(held.values())


def count_in(layout: Layout) -> ReadPlace | None:
    """The heading that counts cases instead of telling them, « Nombre de réclamations », where every table has one.

    A register that says when each was received may well count letters or tell a mean beside.
    """
    tables = [table for table in layout.tables if table.is_read]
    counted = [
        next((table.place(table.headings[1], one.number) for one in table.columns if _is_count(one)), None)
        for table in tables
        if not _says_receipt(table)
    ]
    return counted[0] if counted and len(counted) == len(tables) and all(counted) else None


def _is_count(column: ColumnRead) -> bool:
    return _COUNTS.fullmatch(plain(column.heading)) is not None


def _says_receipt(table: TableRead) -> bool:
    """« Date de réception »; « Date » alone may be that of a period."""
    dated = (column for column in table.of_role("received") if not _is_count(column))
    return any(not _DAY.fullmatch(plain(column.heading)) for column in dated)


def _month(text: str) -> int | None:
    return month_number(text.split(maxsplit=1)[0]) if text.split() else None
