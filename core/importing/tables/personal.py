"""Personal data nobody asks for: names, addresses, telephones, e-mails, IP, birth dates, by heading and by content.

Such columns are neither read nor kept: `without_personal` masks their cells in the copy of the workbook that is kept,
so that the account of its cells stays the same.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from core.importing.layout import Layout, TableRead
from core.importing.tables.contents import MASK, Contents
from core.importing.tables.facing import Facing, is_blank
from core.importing.words import plain
from core.sheets.reading.model import Sheet, Workbook

PERSONAL = "donnée personnelle, ni lue ni gardée"

_OF = r"(?: (?:de|du|d|des|de l|of|of the|votre|your)(?: \w+){1,3})?"
_WHOM = "usager|usagere|agent|demandeur|repondant|declarant|administre|contact|personne"
_YOURS = "(?:votre |your )?"
_HEADING = re.compile(
    "|".join(
        (
            r"(?:adresse )?ip(?: address| adresse|addr|v4|v6)?|ipaddr(?:ess)?|refurl|referrer url",
            rf"{_YOURS}(?:adresse )?(?:(?:de )?(?:messagerie|courriel|e mail|mail|mel|email)|electronique)s?{_OF}",
            rf"{_YOURS}e ?mail address{_OF}|url (?:de )?(?:reference|referencement)",
            rf"{_YOURS}adresses?(?: postale| complete| du domicile)?|(?:postal |home |street )?address",
            rf"{_YOURS}(?:(?:nom|prenom)s?|noms? (?:et )?prenoms?|prenoms? (?:et )?noms?)",
            rf"(?:nom|prenom)s? (?:du |de l |de la |de )?(?:{_WHOM})s?|nom (?:de famille|de naissance|d usage|complet)",
            r"identite|(?:first |last |full |given |family |sur)?name",
            rf"{_YOURS}(?:n |no |numero )?(?:d[eu] )?(?:tel|telephone|portable|mobile|gsm|phone)s?(?: \w+)?{_OF}",
            r"(?:date|annee|lieu) de naissance|nee? le|ddn|birth ?(?:date|day|place)|date of birth|dob",
            r"code postal|zip(?: code)?|(?:numero (?:de )?)?(?:securite sociale|nir|numero etranger|agdref)",
        )
    )
)


def is_personal_heading(heading: str) -> bool:
    """Whether a heading names what tells who somebody is, or how to reach them."""
    return bool(_HEADING.fullmatch(plain(heading)))


def is_personal(headings: Iterable[str], contents: Contents) -> bool:
    """Whether a column that nobody asks for tells who somebody is, by its heading (in either language) or its cells."""
    return contents.is_personal or contents.are_names or any(map(is_personal_heading, headings))


def personal_columns(table: TableRead) -> list[int]:
    """The columns of a table that are neither read nor kept."""
    return [column.number for column in table.columns if column.evidence == PERSONAL]


def holds_personal(layout: Layout) -> bool:
    """Whether a table has columns that are neither read nor kept."""
    return any(personal_columns(table) for table in layout.tables)


def without_personal(book: Workbook, layout: Layout) -> Workbook:
    """The workbook to keep: cells of personal columns hold a mask, whatever was written there is gone."""
    tables: dict[str, list[TableRead]] = {}
    for table in layout.tables:
        if personal_columns(table):
            tables.setdefault(table.sheet, []).append(table)
    sheets = [_masked(sheet, tables[sheet.name]) if sheet.name in tables else sheet for sheet in book.sheets]
    return replace(book, sheets=sheets)


def _masked(sheet: Sheet, tables: list[TableRead]) -> Sheet:
    values = [list(row) for row in sheet.values]
    gone: set[tuple[int, int]] = set()
    for table in tables:
        facing = Facing(sheet, table.axis)
        for column in personal_columns(table):
            for line in range(table.body[0], table.body[1] + 1):
                row, at = facing.position(line, column)
                gone.add((row, at))
                if not is_blank(facing.raw(line, column)):
                    values[row - 1][at - 1] = MASK
    kept = {place: marks for place, marks in sheet.marks.items() if place not in gone}
    texts = {place: text for place, text in sheet.texts.items() if place not in gone}
    return replace(sheet, values=values, texts=texts, marks=kept, formulas=sheet.formulas - gone)
