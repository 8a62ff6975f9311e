"""The nature that a title gives to the cases of its table, where no column says it: « Suggestions »."""

import re

from complaints.enums import Nature
from core.importing.asks import Ask, Given, Option, settle
from core.importing.layout import Layout, TableRead
from core.importing.tables.closing import titles_of
from core.importing.words import plain
from core.sheets.reading.model import Workbook

_NAMES = {
    Nature.COMPLAINT: r"reclamations?|plaintes?|doleances?",
    Nature.SUGGESTION: r"suggestions?",
    Nature.COMPLIMENT: r"felicitations?|remerciements?|compliments?",
    Nature.INFORMATION_REQUEST: r"demandes? (?:d |de )?(?:informations?|renseignements?)",
}


def named(text: str) -> set[str]:
    """The natures that a text names: two, in « Réclamations et suggestions »."""
    words = plain(text)
    return {str(nature) for nature, names in _NAMES.items() if re.search(rf"\b(?:{names})\b", words)}


def settled(book: Workbook, layout: Layout, table: TableRead, given: Given) -> Ask | None:
    """The nature of the cases of a table, from its titles, else from the name of its sheet; None where they tell none.

    Complaints where several are named, as « Réclamations et suggestions »; who reads the preview may change it.
    """
    if table.of_role("kind") or table.of_role("feeling"):
        return None
    above = {name for cell in titles_of(book, layout, table) for name in named(cell.text)}
    found = above or named(table.sheet)
    if not found:
        return None
    return settle(
        given,
        f"nature:{table.name}",
        f"De quelle nature sont les dossiers de « {table.name} » ?",
        [Option(str(value), str(label)) for value, label in Nature.choices],
        found=found.pop() if len(found) == 1 else str(Nature.COMPLAINT),
        places=[table.place(table.headings[0], 0)],
    )
