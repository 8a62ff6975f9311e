"""Tables that go on with each other: a sheet a month, half a year under the other, a quarter a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.importing.words import plain

if TYPE_CHECKING:
    from core.importing.periods.items import Item
    from core.importing.periods.reader import PeriodReader, PeriodTable


def join_months(reader: PeriodReader) -> None:
    """A sheet for each month: what a label names is told sheet after sheet."""
    found: dict[tuple, Item] = {}
    for table in [table for table in reader.tables if table.is_long and table.sheet.name in reader.by_month]:
        table.joined = {line for item in table.items for line in item.lines}
        for item in table.items:
            first = found.setdefault((item.label, item.section, item.group, item.part), item)
            first.facts += item.facts if first is not item else []
        table.items = [item for item in table.items if item in found.values()]


def join_parts(reader: PeriodReader) -> None:
    """The labels of a table go on in a later one that has none of its months."""
    tables = [table for table in reader.tables if table.is_read and not table.is_long]
    for rank, table in enumerate(tables):
        for above in tables[:rank]:
            if not (_months_of(above) & _months_of(table)):
                _join(above, table)


def _months_of(table: PeriodTable) -> set[tuple]:
    return {(fact.period.month, fact.period.year) for item in table.items for fact in item.facts}


def _join(above: PeriodTable, table: PeriodTable) -> None:
    known = {_key(item): item for item in above.items}
    for item in list(table.items):
        first = known.get(_key(item))
        if first is not None and item.label:
            table.joined |= set(item.lines)
            first.facts += item.facts
            table.items.remove(item)


def _key(item: Item) -> tuple:
    return plain(item.label), item.group, item.part, item.year
