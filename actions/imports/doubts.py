"""Questions about the lines of a plan: no column of actions, a line told twice, several actions in one cell."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from actions.imports.entries import PlanEntry, is_merged
from actions.imports.roles import ACTION, FINDING, NUMBER, PART, PLAN, RESPONSIBLE
from core.importing.asks import Ask, Given, Option, Settled, settle
from core.importing.follow_up import DEADLINE, DONE_ON, REVISED, STATUS
from core.importing.follow_up.told import ToldDocument
from core.importing.layout import ColumnRead, Layout, TableRead
from core.importing.tables.doubles import settle_double
from core.importing.words import plain

EACH = (Option("each", "oui, chacune"), Option("first", "non, la première seulement"))
ONE, EVERY = Option("one", "une seule action"), Option("every", "une action par point")
_POINT = re.compile(r"\s*(?:[-–•▪◦*➢✓]|\(?\d{1,2}\s*[).°/-]|[a-z]\))\s*(?=\S)", re.IGNORECASE)
_FOLLOWED = {RESPONSIBLE, DEADLINE, REVISED, STATUS, DONE_ON}


def with_action(layout: Layout) -> Layout:
    """Of a table that is followed up and nowhere speaks of actions, whether its findings are the actions is asked."""
    return replace(layout, tables=tuple(map(_with_action, layout.tables)))


def _with_action(table: TableRead) -> TableRead:
    codes = {column.code for column in table.columns}
    speaks = any("action" in plain(column.heading) for column in table.columns)
    if speaks or not codes & _FOLLOWED or codes & {ACTION, PART} or table.is_undecided:
        return table
    return replace(table, columns=tuple(map(_reopened, table.columns)))


def _reopened(column: ColumnRead) -> ColumnRead:
    if column.code != FINDING or column.role.source != Settled.FOUND:
        return column
    question = f"Aucune colonne ne porte les actions : que contient « {column.heading} » ?"
    role = replace(column.role, question=question, value="", source=Settled.OPEN, proposed=ACTION)
    return replace(column, role=role)


def ask_twice(sources: Iterable[ToldDocument], given: Given) -> Iterator[Ask]:
    """Two lines of one action of one finding: left out when they say the same, else asked."""
    for source in sources:
        groups: dict[tuple, list[PlanEntry]] = defaultdict(list)
        for entry in source.entries:
            if words := _own_words(entry):
                groups[entry.plan, entry.section, *words].append(entry)
        for several in groups.values():
            lines = [(one.row, one.texts | {NUMBER: str(one.number)}, ACTION) for one in several]
            name = several[0].text(ACTION) or several[0].text(FINDING)
            if len(lines) > 1 and (ask := settle_double(name, lines, given=given, may_be_several=True)):
                yield ask


def _own_words(entry: PlanEntry) -> tuple[str, str] | None:
    """The finding and the action of a line, when it tells an action by itself."""
    finding, action = plain(entry.text(FINDING)), plain(entry.text(ACTION))
    if entry.row is None or not entry.has_action or entry.is_undecided:
        return None
    is_own = action or (finding and not entry.row.is_carried(FINDING))
    return (finding, action) if is_own else None


def ask_lists(sources: Iterable[ToldDocument], given: Given) -> Iterator[Ask]:
    """Several points in the cell of an action: one action, or one for each point; ours are as they were recorded."""
    for source, table in _tables(sources):
        told = {} if source.is_ours or table.of_role(PLAN) else _pointed(source, table)
        own = [one for one in source.entries if id(one) in told]
        if not own:
            continue
        question = f"« {own[0].text(ACTION).splitlines()[0]} »… : plusieurs points dans une case, est-ce une action ?"
        places = [one.at(ACTION) for one in own]
        ask = settle(given, f"points:{table.name}", question, (ONE, EVERY), proposed=EVERY.value, places=places)
        if ask.value == EVERY.value:
            several = (_parted(one, told[id(one)]) if id(one) in told else [one] for one in source.entries)
            source.entries = list(chain.from_iterable(several))
        yield ask


def _tables(sources: Iterable[ToldDocument]) -> Iterator[tuple[ToldDocument, TableRead]]:
    return ((source, table) for source in sources for table in source.tables)


def _pointed(source: ToldDocument, table: TableRead) -> dict[int, list[str]]:
    """The points of each entry of a table that has several."""
    return {id(one): points for one in source.entries if _is_of(one, table) and (points := points_of(one))}


def points_of(entry: PlanEntry) -> list[str]:
    """The points of the cell of an action, when it is nothing but a list of them."""
    lines = entry.text(ACTION).splitlines()
    marks = [_POINT.match(line) for line in lines]
    return (
        [line[mark.end() :] for line, mark in zip(lines, marks, strict=True) if mark]
        if all(marks[1:]) and sum(map(bool, marks)) > 1
        else []
    )


def ask_merged(sources: Iterable[ToldDocument], given: Given) -> Iterator[Ask]:
    """A responsible merged over several lines is that of each, or of the first one: one question for a table."""
    for source, table in _tables(sources):
        own = [one for one in source.entries if _is_of(one, table) and is_merged(one.row, RESPONSIBLE)]
        if not own:
            continue
        columns = table.of_role(RESPONSIBLE)
        below = [table.place(one.row.number, column.number) for one in own for column in columns]
        above = dict.fromkeys(one.at(RESPONSIBLE) for one in own)
        ask = settle(
            given,
            f"merged:{table.name}",
            _merged_question(own),
            EACH,
            proposed=EACH[0].value,
            places=[*above, *below],
        )
        for one in own if ask.value == EACH[1].value else ():
            one.texts[RESPONSIBLE] = ""
        yield ask


def _merged_question(own: list[PlanEntry]) -> str:
    names = dict.fromkeys(f"« {one.text(RESPONSIBLE)} »" for one in own)
    if len(names) > 1:
        return f"{', '.join(names)} sont fusionnés sur plusieurs lignes : chacune des actions ?"
    return f"{next(iter(names))} est fusionné sur {len(own) + 1} lignes : chacune des actions ?"


def _is_of(entry: PlanEntry, table: TableRead) -> bool:
    return entry.row is not None and entry.row.table is table


def _parted(entry: PlanEntry, points: list[str]) -> Iterator[PlanEntry]:
    """An entry for each point; names written as many lines go one to each."""
    names = entry.text(RESPONSIBLE).splitlines()
    own = names if len(names) == len(points) else [entry.text(RESPONSIBLE)] * len(points)
    lead = entry.text(ACTION).splitlines()[0]
    lead = "" if _POINT.match(lead) else f"{lead.rstrip(' :')} : "
    for rank, (point, name) in enumerate(zip(points, own, strict=True), start=1):
        texts = entry.texts | {ACTION: f"{lead}{point}", RESPONSIBLE: name}
        yield replace(
            entry, key=f"{entry.key}/{rank}", texts=texts, places=dict(entry.places), problems=list(entry.problems)
        )
