"""The seats of an arrêté written line by line: « 1° UFC : Mme Martin, titulaire ; M. Petit, suppléant », by college."""

import re
from collections.abc import Iterator
from dataclasses import replace

from clu.enums import College
from clu.imports.readers import NOBODY, college_of, day_of
from core.base.words import counted
from core.importing.asks import Ask, Option, Settled
from core.importing.layout import ColumnRead, Layout, TableRead
from core.importing.tables.table_import import Entered
from core.importing.words import plain
from core.sheets.reading.model import Sheet, Workbook

ROLE = "seat"
_CIVILITY = r"(?:M\.|Mmes?|Mlle|Monsieur|Madame|Dr|Me|Maître)"
_POST = r"(?:le|la) (?:maire|président|directeur|directrice|chef|délégué|préfet|préfète|représentant)"
_SEAT = re.compile(
    r"^(?:[-•▪–—*➢✓]\s*|(?:\d{1,2}\s?[°.)]|[a-z]\))\s*)?(?P<organisation>[^:;]{2,250}?)\s*"
    rf"(?::|,? représentée?s? par)\s*(?P<people>(?:(?:titulaire|suppléante?)\b|{_CIVILITY} |{_POST}|"
    r".*à désigner|vacant).*)$",
    re.IGNORECASE,
)
_UNDER = re.compile(r"^(?:[-•▪–—*]\s*)?(?:titulaire|suppléante?)s?\s*:", re.IGNORECASE)
_UNTIL = re.compile(r",? jusqu[’']au (?P<day>\d{1,2}(?:er)? \S+ \d{4}|\d{1,2}/\d{1,2}/\d{4})(?: inclus)?\s*$")
_PIECES = re.compile(
    rf"\s*;\s*|\s*,\s*(?=suppléante?s?\b\s*:?\s+(?:à |{_CIVILITY}))|"
    rf"\s+[–—-]\s+|\s*,\s*(?={_CIVILITY} )|\s*,?\s+et\s+(?={_CIVILITY} )"
)
_RANK = re.compile(r"\s*[,(]?\s*\b(?P<rank>titulaires?|suppléante?s?)\b\s*:?\s*\)?", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:l[’']|la |le |les )")
_PUBLIC = re.compile(r"^(?P<before>[^()]+?)\s*\((?P<public>[^()]+)\)$")


def with_seats(book: Workbook, layout: Layout) -> tuple[Layout, dict[str, str]]:
    """The layout with its lists of seats, and the words above each, by the name of its table; if no table is read."""
    if any(table.is_read for table in layout.tables):
        return layout, {}
    found = [one for sheet in book.sheets if sheet.is_lines for one in _lists(sheet)]
    if not found:
        return layout, {}
    return replace(layout, tables=tuple(table for table, _head in found)), {table.name: head for table, head in found}


def seat_of(entry: Entered, head: str) -> Entered:
    """The line with the organisation and the people that it names."""
    line = str(entry.values.get(ROLE, "")).strip()
    told = _UNDER.match(line)
    if told is not None and college_of(head) == College.NONE:
        line = f"{head} : {line}"
    told = _SEAT.match(line)
    entry.row.band = head if college_of(head) != College.NONE else ""
    if told is None:
        return entry
    people = told["people"].rstrip(" .;")
    entry.values.clear()
    if until := _UNTIL.search(people):
        people, entry.values["ends_on"] = people[: until.start()], day_of(until["day"])
    public = _PUBLIC.match(told["organisation"])
    entry.values["organisation"] = _ARTICLE.sub("", public["before"] if public else told["organisation"])
    if public:
        entry.values["public"] = public["public"]
    _name(entry, [piece for piece in _PIECES.split(people) if piece.strip()])
    return entry


def _name(entry: Entered, pieces: list[str]) -> None:
    """Who holds the seat and who replaces them; without a rank, the second one is the deputy."""
    if len(pieces) > 2:
        entry.wrong(ROLE, f"Cette ligne nomme {counted(len(pieces), 'personne')} : écrivez une ligne par siège.")
    for number, piece in enumerate(pieces[:2]):
        rank = _RANK.search(piece)
        is_deputy = plain(rank["rank"]).startswith("suppl") if rank else number == 1
        name, _comma, function = _RANK.sub(" ", piece).strip(" ,").partition(",")
        code = "deputy" if is_deputy else "holder"
        entry.values[code] = "" if NOBODY.fullmatch(plain(name)) else name.strip()
        if function.strip():
            entry.values["deputy_function" if is_deputy else "function"] = function.strip()


def _lists(sheet: Sheet) -> Iterator[tuple[TableRead, str]]:
    """Runs of lines that tell a seat, each with the last other line above it; an empty line ends none."""
    lines = [str(values[0]).strip() if values and values[0] is not None else "" for values in sheet.values]
    first, head = 0, ""
    for number, line in enumerate([*lines, "."], start=1):
        if _SEAT.match(line):
            first = first or number
        elif line:
            if first:
                yield _table(sheet, first, number - 1, head), head
            first, head = 0, line.rstrip(" :")


def _table(sheet: Sheet, first: int, last: int, head: str) -> TableRead:
    name = f"{sheet.name} {first}"
    ask = Ask(
        f"role:{name}", f"Que contient la liste « {head} » ?", [Option(ROLE, "Siège")], ROLE, source=Settled.FOUND
    )
    above = max(first - 1, 1)
    return TableRead(name, sheet.name, (above, above), (first, last), (ColumnRead(1, head, ask),))
