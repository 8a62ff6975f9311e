"""Which of several sites is one's own: said by its name, else asked once for the file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from core.importing.asks import Ask, Option, settle
from core.importing.periods.settling import key_of, leave_lines, line_cells
from core.importing.words import plain

if TYPE_CHECKING:
    from core.importing.periods.items import Item
    from core.importing.periods.reader import PeriodReader, PeriodTable

SITE_WORDS = ("sous prefecture", "sp"), ("sous pref", "sp"), ("prefecture de", "prefecture")
MOST_GROUPS = 60


def settle_groups(reader: PeriodReader) -> list[Ask]:
    """Of several sites side by side, below each other or a sheet each, keep one's own; one question for the file."""
    _name_groups(reader)
    names = list(dict.fromkeys(name for table in reader.tables for item in table.items for name in _groups_of(item)))
    if not names:
        return []
    options = [Option(name, name) for name in names[:MOST_GROUPS]] + [Option("-", "Aucun de ceux-là")]
    own = [name for name in names if _is_site(name, reader.wanted.site)]
    same = [name for name in own if _site_words(name) == _site_words(reader.wanted.site)]
    places = [item.place for table in reader.tables for item in table.items if _groups_of(item)]
    ask = settle(
        reader.given,
        "file:site",
        f"Quel site est le vôtre ? Le fichier porte {', '.join(f'« {name} »' for name in names[:6])}.",
        options,
        found=same[0] if len(same) == 1 else "",
        proposed=own[0] if own else "",
        places=places[:MOST_GROUPS],
    )
    for table in reader.tables:
        table.items = [item for item in table.items if _keep_group(reader, table, item, ask)]
    return [ask]


def _name_groups(reader: PeriodReader) -> None:
    """Groups that part nothing are none: one word over all the months, a service told beside labels that differ."""
    tables: dict[str, set[str]] = defaultdict(set)
    for table in reader.tables:
        for item in table.items:
            tables[plain(item.label)].add(table.name)
        _drop_idle(table)
    shared = {name for names in tables.values() if len(names) > 1 for name in names}
    titles = {table.name: table.title or table.sheet.name for table in reader.tables if table.name in shared}
    if len({plain(title) for title in titles.values()}) < len(titles):
        titles = {name: name for name in titles}
    for table in reader.tables:
        for item in table.items if table.name in titles else []:
            item.group = item.group or titles[table.name]


def _drop_idle(table: PeriodTable) -> None:
    parts = {fact.group for item in table.items for fact in item.facts}
    if len(parts) == 1:
        for fact in (fact for item in table.items for fact in item.facts):
            fact.group = ""
    by_label: dict[str, set[str]] = defaultdict(set)
    for item in table.items:
        by_label[plain(item.label)].add(item.group)
    heading = next((column.heading for column in table.columns if column.code == "group"), "")
    if all(len(groups) == 1 for groups in by_label.values()) and "site" not in plain(heading) and len(by_label) > 1:
        for item in table.items:
            item.group = ""


def _groups_of(item: Item) -> set[str]:
    return ({item.group} | {fact.group for fact in item.facts}) - {""}


def _is_site(name: str, own: str) -> bool:
    """Whether a name of the file is that of one's site: the same words, or all of one's among the other's."""
    theirs, ours = _site_words(name), _site_words(own)
    return bool(theirs and ours) and (theirs <= ours or ours <= theirs) and ("sp" in theirs) == ("sp" in ours)


def _site_words(name: str) -> set[str]:
    words = plain(name)
    for long, short in SITE_WORDS:
        words = words.replace(long, short)
    return set(words.split()) - {"d", "de", "du", "des", "la", "le", "l"}


def _keep_group(reader: PeriodReader, table: PeriodTable, item: Item, ask: Ask) -> bool:
    """Whether something of an item is of one's site; while nobody knows, all of it waits."""
    if ask.is_open:
        if _groups_of(item):
            reader.accounts.ask((key_of(fact.place) for fact in item.facts), ask.code)
            if item.group:
                reader.accounts.ask(line_cells(table, item), ask.code)
            item.facts = [fact for fact in item.facts if not (item.group or fact.group)]
        return bool(item.facts) or not item.group
    others = [fact for fact in item.facts if (fact.group or item.group) not in ("", ask.value)]
    for fact in others:
        reader.accounts.leave_out([key_of(fact.place)], f"autre site : {fact.group or item.group}")
    item.facts = [fact for fact in item.facts if (fact.group or item.group) in ("", ask.value)]
    if item.group not in ("", ask.value):
        leave_lines(reader, table, item, f"autre site : {item.group}")
        return False
    return True
