"""Which of several sites is one's own: said by its name, else asked once for the file."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
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
    items = [item for table in reader.tables for item in table.items if _groups_of(item)]
    names = list(dict.fromkeys(chain.from_iterable(map(_groups_of, items))))
    if not names:
        return []
    found, proposed = _own_of(names, reader.wanted.site)
    ask = settle(
        reader.given,
        "file:site",
        f"Quel site est le vôtre ? Le fichier porte {', '.join(f'« {name} »' for name in names[:6])}.",
        [Option(name, name) for name in names[:MOST_GROUPS]] + [Option("-", "Aucun de ceux-là")],
        found=found,
        proposed=proposed,
        places=[item.place for item in items[:MOST_GROUPS]],
    )
    for table in reader.tables:
        table.items = [item for item in table.items if _keep_group(reader, table, item, ask)]
    return [ask]


def _own_of(names: list[str], site: str) -> tuple[str, str]:
    """(the one that is surely one's site, the first that may be) among the names of a file."""
    own = [name for name in names if _is_site(name, site)]
    same = [name for name in own if _site_words(name) == _site_words(site)]
    return (same[0] if len(same) == 1 else ""), next(iter(own), "")


def _name_groups(reader: PeriodReader) -> None:
    """Groups that part nothing are none: one word over all the months, a service told beside labels that differ."""
    for table in reader.tables:
        _drop_idle(table)
    titles = _titles_of_shared(reader)
    for table in reader.tables:
        for item in table.items if table.name in titles else []:
            item.group = item.group or titles[table.name]


def _titles_of_shared(reader: PeriodReader) -> dict[str, str]:
    """The title of each table that has a label of another, or its name when titles do not tell them apart."""
    tables: dict[str, set[str]] = defaultdict(set)
    for table in reader.tables:
        for item in table.items:
            tables[plain(item.label)].add(table.name)
    shared = {name for names in tables.values() if len(names) > 1 for name in names}
    titles = {table.name: table.title or table.sheet.name for table in reader.tables if table.name in shared}
    return titles if len(set(map(plain, titles.values()))) == len(titles) else {name: name for name in titles}


def _drop_idle(table: PeriodTable) -> None:
    facts = [fact for item in table.items for fact in item.facts]
    if len({fact.group for fact in facts}) == 1:
        for fact in facts:
            fact.group = ""
    if not _parts_lines(table):
        for item in table.items:
            item.group = ""


def _parts_lines(table: PeriodTable) -> bool:
    """Whether the groups of lines tell those of one label apart, or are sites by their heading."""
    by_label: dict[str, set[str]] = defaultdict(set)
    for item in table.items:
        by_label[plain(item.label)].add(item.group)
    heading = next((column.heading for column in table.columns if column.code == "group"), "")
    return len(by_label) < 2 or "site" in plain(heading) or any(len(groups) > 1 for groups in by_label.values())


def _groups_of(item: Item) -> list[str]:
    """The groups that an item names, in the order of the file."""
    return list(dict.fromkeys(filter(None, (item.group, *(fact.group for fact in item.facts)))))


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
        _hold(reader, table, item, ask)
        return bool(item.facts) or not item.group
    own = ("", ask.value)
    for fact in item.facts:
        if item.group_of(fact) not in own:
            reader.accounts.leave_out([key_of(fact.place)], f"autre site : {item.group_of(fact)}")
    item.facts = [fact for fact in item.facts if item.group_of(fact) in own]
    if item.group not in own:
        leave_lines(reader, table, item, f"autre site : {item.group}")
    return item.group in own


def _hold(reader: PeriodReader, table: PeriodTable, item: Item, ask: Ask) -> None:
    """Let what an item has of a site wait for the answer."""
    if _groups_of(item):
        reader.accounts.ask((key_of(fact.place) for fact in item.facts), ask.code)
        if item.group:
            reader.accounts.ask(line_cells(table, item), ask.code)
        item.facts = [fact for fact in item.facts if not item.group_of(fact)]
