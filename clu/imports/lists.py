"""Lists of names under « Présents », « Excusés »: lines of minutes, columns of names; each a table of one column."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from clu.enums import Presence
from clu.imports.readers import NAMED, NOBODY, is_tick, known_in, presence_of_title
from core.importing.asks import Ask, Option, Settled
from core.importing.layout import COLUMNS, ColumnRead, Layout, TableRead
from core.importing.tables.rows import SourceRow
from core.importing.tables.table_import import Entered
from core.importing.tables.wanted import Judge
from core.importing.words import plain
from core.sheets.reading.addresses import column_letters
from core.sheets.reading.model import Sheet, Workbook

PERSON = "person"
PRESENCES = frozenset(str(one) for one in (Presence.PRESENT, Presence.EXCUSED, Presence.ABSENT))
_CIVILITY = r"(?:MM?\.?|Mmes?|Mlles?|Monsieur|Madame|Mesdames|Messieurs|Dr|Me|Docteur|Maître)"
_NAMED = rf"(?:{_CIVILITY} )?[A-ZÀ-Ý][\w’'-]*(?: (?:[A-ZÀ-Ý][\w’'-]*|de|du|des|la|le|d’|l’))+"
_IS_PERSON = re.compile(rf"{_CIVILITY} \S.*|{_NAMED}(?: ?[,(–—:-].*)?")
_BULLET = re.compile(r"^[-•▪–—*➢✓]\s+")
_NEXT = re.compile(rf"\s*(?:;\s*|,\s*(?={_CIVILITY} )|\s+et\s+(?={_CIVILITY} ))")
_BESIDE = re.compile(r"\s*,\s*(?:et\s+)?|\s+et\s+(?=[A-ZÀ-Ý]{2})")
_AWAY = re.compile(
    r"\s*[,–—-]?\s+(?:est |était )?(?P<why>(?:représenté|remplacé|suppléé)e?s? par .*|"
    r"(?:qui )?(?:a |ayant )?donn(?:e|é|ant) (?:son )?(?:pouvoir|procuration).*|"
    r"par (?:M\.|Mme|Monsieur|Madame) .*|(?:pouvoir|procuration) (?:donnée? )?à .*)$",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"^(?P<before>[^()]*?)\s*\((?P<inside>[^()]+)\)(?P<after>, [^()]+)?\.?$")
_BODY = re.compile(
    r"(?:mairie|commune|ville|association|pr[ée]fecture|sous-pr[ée]fecture|conseil|chambre|union|f[ée]d[ée]ration|"
    r"service|direction|d[ée]partement|caisse|maison|office|comit[ée]|m[ée]tropole|communaut[ée])\b",
    re.IGNORECASE,
)
_CIVIL = re.compile(rf"{_CIVILITY} \S")
_SURNAME = r"[A-ZÀ-Ý][\w’'-]*(?: [A-ZÀ-Ý][\w’'-]*)*"
_NAMES = rf"{_SURNAME}(?:(?:, | et |, et ){_SURNAME})+"
_SEVERAL = re.compile(rf"(?P<civility>MM\.?|Mmes|Mesdames|Messieurs) (?P<names>{_NAMES})")
_APART_IN_ONE = re.compile(r",? et |, ")
_APART = re.compile(r"\s*,\s*|\s+[–—-]\s+|\s*:\s*")


@dataclass(slots=True)
class ListedRow(SourceRow):
    """One of the people that a line names."""

    part: int = 0

    @property
    def key(self) -> str:
        return f"{self.table.name}!{self.number}.{self.part}"


def with_lists(book: Workbook, layout: Layout, judge: Judge) -> tuple[Layout, dict[str, str]]:
    """The layout with its lists of names, and the presence that heads each, by the name of its table.

    Lists are looked for in texts where no table was recognised, in tables that are nothing but such columns, and under
    groups of columns: « Présents », then « Nom » and « Organisme ».
    """
    lists = [one for table in layout.tables for one in _in_groups(table, judge)]
    lists = lists or [one for table in layout.tables for one in _in_columns(table, book)]
    known = [table for table in layout.tables if table.is_read and _names_people(table)]
    if known and not lists:
        return layout, {}
    lists = lists or [one for sheet in book.sheets if _is_text(sheet) for one in _in_text(sheet)]
    if not lists:
        return layout, {}
    kept = replace(layout, tables=tuple(table for table, _presence in lists))
    return kept, {table.name: presence for table, presence in lists}


def people(entry: Entered) -> Iterator[Entered]:
    """The people that a line of a list names: « Mme Martin, présidente (UFC) ; M. Roux (CCI) »."""
    text = entry.row.text(PERSON)
    head, sign, rest = text.partition(":")
    is_inline = bool(sign and presence_of_title(head))
    for part, name in enumerate(_inline(rest) if is_inline else _pieces(text)):
        if name and not NOBODY.fullmatch(plain(name)):
            fields = {one: getattr(entry.row, one) for one in SourceRow.__dataclass_fields__}
            yield Entered(ListedRow(**fields, part=part), told_of(name), list(entry.problems), set(entry.asked))


def names_people(text: str) -> bool:
    """Whether each line of a cell names a person: « Mme Martin », « M. Roux, directeur »."""
    names = list(_pieces(text))
    return bool(names) and all(map(_IS_PERSON.fullmatch, names))


def people_under(entry: Entered, named: Mapping[str, str]) -> Iterator[Entered]:
    """The people that cells of presences name on one line, each with what its column says."""
    shared = {code: value for code, value in entry.values.items() if code not in PRESENCES}
    fields = {one: getattr(entry.row, one) for one in SourceRow.__dataclass_fields__}
    part = 0
    for presence, text in named.items():
        for name in _pieces(text):
            told = {**shared, **told_of(name), "presence": presence}
            yield Entered(ListedRow(**fields, part=part), told, list(entry.problems), set(entry.asked))
            part += 1


def told_of(text: str) -> dict[str, Any]:
    """Name, quality and organisation of « Mme Martin, présidente (UFC) », « M. Roux – CCI », « UDAF »; who stood in."""
    if away := _AWAY.search(text):
        return {**told_of(text[: away.start()]), "comment": away["why"]}
    found = _IN_BRACKETS.match(text)
    before, organisation = (f"{found['before']}{found['after'] or ''}", found["inside"]) if found else (text, "")
    body, _comma, last = organisation.rpartition(",")
    if presence := known_in(NAMED, plain(last)):  # « M. Roux (UDAF, excusé) »
        return {**told_of(f"{before} ({body.strip()})" if body else before), "presence": presence}
    name, *more = (piece.strip() for piece in _APART.split(before, maxsplit=1))
    words = more[0] if more else ""
    if _CIVIL.match(words) and not _CIVIL.match(name):  # « UFC : Mme Martin »
        return {"organisation": name, **told_of(words)}
    if words and not organisation:
        quality, _comma, body = words.rpartition(", ") if not words[:1].isupper() else ("", "", words)
        if body[:1].isupper():  # « présidente, UFC »
            words, organisation = quality, body
    if not organisation and not words and (_BODY.match(name) or not _IS_PERSON.fullmatch(name)):
        return {"organisation": name}
    told = {PERSON: name, "organisation": organisation, "function": words}
    return {code: value for code, value in told.items() if value}


def _inline(text: str) -> Iterator[str]:
    """Those whom one line names one after another: « Mme Martin (UFC), M. Roux (CCI) », « UFC, UDAF et CCI »."""
    parts = _BESIDE.split(text.strip(" .;"))
    are_people = {bool(_IS_PERSON.fullmatch(part) and not _BODY.match(part)) for part in parts}
    is_plain = all(part[:1].isupper() for part in parts) and not re.search(rf"[();:]|\b{_CIVILITY} ", text)
    yield from parts if is_plain and len(are_people) == 1 else _pieces(text)


def _pieces(text: str) -> Iterator[str]:
    """The people that a text names, each in their words; « MM. Noir et Petit » are two."""
    for line in text.splitlines():
        for piece in _NEXT.split(_BULLET.sub("", line.strip())):
            several = _SEVERAL.fullmatch(piece.strip(" .,;"))
            if several is None:
                yield piece.strip(" .,;")
                continue
            civility = "Mme" if plain(several["civility"]) in ("mmes", "mesdames") else "M."
            yield from (f"{civility} {name}" for name in _APART_IN_ONE.split(several["names"]))


def _names_people(table: TableRead) -> bool:
    codes = {column.code for column in table.columns}
    return bool(codes & {PERSON, "organisation"}) or any(column.role.is_open for column in table.columns)


def _in_text(sheet: Sheet) -> Iterator[tuple[TableRead, str]]:
    """The lists of a text: a title of presence, then names line by line until other words begin."""
    lines = [str(values[0]).strip() if values and values[0] is not None else "" for values in sheet.values]
    row = 0
    while row < len(lines):
        head, sign, rest = lines[row].partition(":")
        presence = presence_of_title(head)
        row += 1
        if not presence:
            continue
        first, last = (row, row) if sign and rest.strip() else (row + 1, _end_of(lines, row))
        if last >= first:
            column = _column(f"{sheet.name} {row}", 1, head)
            yield TableRead(f"{sheet.name} {row}", sheet.name, (row, row), (first, last), (column,)), presence
            row = max(row, last)


def _end_of(lines: Sequence[str], start: int) -> int:
    """The last line of a list that begins after a line: people, bullets; an empty line may stand between."""
    last = start
    for number, line in enumerate(lines[start:], start=start + 1):
        if line and not _BULLET.match(line) and not _IS_PERSON.fullmatch(line):
            break
        if line and presence_of_title(line.partition(":")[0]):
            break
        last = number if line else last
    return last


def _is_text(sheet: Sheet) -> bool:
    """Whether a sheet is lines of text, or one column of them."""
    return sheet.is_lines or max(map(len, sheet.values), default=0) == 1


def _in_groups(table: TableRead, judge: Judge) -> Iterator[tuple[TableRead, str]]:
    """A list for each group of columns headed by a presence: « Présents » over « Nom » and « Organisme »."""
    groups: dict[str, list[ColumnRead]] = {}
    for column in table.columns:
        group, sign, _own = column.heading.partition(" – ")
        groups.setdefault(group if sign else "", []).append(column)
    told = {group: presence_of_title(group) for group in groups}
    if len(set(told.values())) < 2 or not all(told.values()):
        return
    for group, columns in groups.items():
        name = f"{table.name} {column_letters(columns[0].number)}"
        own = [(column, next(iter(judge.fits(column.heading.partition(" – ")[2])), "")) for column in columns]
        read = tuple(_column(name, one.number, one.heading, code) for one, code in own if code)
        yield replace(table, name=name, columns=read, asks=(), is_read=True), told[group]


def _in_columns(table: TableRead, book: Workbook) -> Iterator[tuple[TableRead, str]]:
    """A list for each column headed by a presence whose cells are words, not ticks."""
    sheet = next(sheet for sheet in book.sheets if sheet.name == table.sheet)
    columns = [column for column in table.columns if presence_of_title(column.heading)]
    if table.axis != COLUMNS or not columns or len(columns) < len([one for one in table.columns if one.heading]):
        return
    if any(_is_tick(sheet, line, one.number) for one in columns for line in _body(table)):
        return
    for column in columns:
        name = f"{table.name} {column_letters(column.number)}"
        only = _column(name, column.number, column.heading)
        yield replace(table, name=name, columns=(only,), asks=(), is_read=True), presence_of_title(column.heading)


def _body(table: TableRead) -> range:
    return range(table.body[0], table.body[1] + 1)


def _is_tick(sheet: Sheet, row: int, column: int) -> bool:
    cell = sheet.cell(row, column)
    return not cell.is_empty and (not isinstance(cell.value, str) or is_tick(cell.text))


def _column(name: str, number: int, title: str, code: str = PERSON) -> ColumnRead:
    question = f"Que contient la liste « {title} » ?"
    ask = Ask(f"role:{name}:{column_letters(number)}", question, [Option(code, code)], code, source=Settled.FOUND)
    return ColumnRead(number, title, ask)
