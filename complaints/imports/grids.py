"""What is no register: a grid of indicators, with periods across or down, or a count of complaints by period."""

import re

from core.base.months import month_number
from core.importing.layout import Layout, TableRead
from core.importing.words import plain
from core.sheets.reading.model import Sheet

MONTHS = 6
QUARTERS = 3
_INDICATOR = re.compile(r"\s*(?:indicateurs?|cibles?)\s*", re.IGNORECASE)
_QUARTER = re.compile(r"t ?([1-4])|([1-4])(?:er|e|eme)? (?:trim|trimestre)|trimestre ([1-4])")
_DAY = re.compile(r"(?:dates?|jours?)")
_COUNTS = re.compile(
    r"(?:nombre|nb|nbre|total)(?: total)? (?:de |d )?(?:reclamations?|suggestions?|demandes?|dossiers?|saisines?|"
    r"courriels?|courriers?|messages?)(?: .*)?|taux(?: .*)?|delais? moyens?(?: .*)?"
)


def has_periods(sheet: Sheet) -> bool:
    """Whether a sheet has months or quarters across or down, or speaks of indicators and targets: no register does."""
    down: set[int] = set()
    for row in sheet.rows:
        texts = [cell.text for cell in row if cell.text]
        months = {number for text in texts if (number := _month(text))}
        down |= {number for number in map(_month, texts[:1]) if number}
        quarters = {found[0] for text in texts if (found := _QUARTER.fullmatch(plain(text)))}
        if max(len(months), len(down)) >= MONTHS or len(quarters) >= QUARTERS:
            return True
        if any(_INDICATOR.fullmatch(text) for text in texts):
            return True
    return False


def counts_cases(layout: Layout) -> bool:
    """Whether the headings of what is read count cases instead of telling them: « Nombre de réclamations ».

    A register that says when each was received may well count letters or tell a mean beside.
    """
    tables = [table for table in layout.tables if table.is_read]
    return bool(tables) and all(
        any(_COUNTS.fullmatch(plain(column.heading)) for column in table.columns) and not _says_receipt(table)
        for table in tables
    )


def _says_receipt(table: TableRead) -> bool:
    """« Date de réception »; « Date » alone may be that of a period."""
    return any(not _DAY.fullmatch(plain(column.heading)) for column in table.of_role("received"))


def _month(text: str) -> int | None:
    return month_number(text.split(maxsplit=1)[0]) if text.split() else None
