"""What the lines of a table are named: by their label and what it ends with, a line above, or the table's title."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from core.importing.periods.heads import Band
from core.importing.periods.roles import ACTUAL, GAP, TARGET, PeriodsWanted
from core.importing.periods.spans import spelling_of
from core.importing.periods.years import years_in
from core.importing.words import plain
from core.sheets.reading.model import Cell

if TYPE_CHECKING:
    from core.importing.periods.items import Item

_APART = re.compile(r"(?P<name>.+?)\s*(?:\s[-–—/|]|[:(\[])\s*(?P<part>n-1|[^-–—:/|()\[\]]+?)\s*[)\]]?", re.IGNORECASE)
_MEASURES = ("taux", "delai", "%", "moyenne", "ratio", "pourcentage")
_LAST_WORD = re.compile(r"(?P<name>.+)\s(?P<part>\S+)")


def title_over(band: Band) -> Cell | None:
    """The nearest text alone on its row over a table: the label of a table that has no column of labels."""
    sheet, view = band.view.sheet, band.view
    first, top = (band.line, band.top) if view.is_upright else (min(band.heads, default=1), 1)
    for row in range(first - 1, top - 1, -1):
        cells = [cell for column in range(1, sheet.column_count + 1) if not (cell := sheet.cell(row, column)).is_empty]
        is_name = len(cells) == 1 and isinstance(cells[0].value, str) and not years_in(cells[0])
        if is_name and spelling_of(cells[0]) is None:
            return cells[0]
    return None


def name_sections(items: list[Item]) -> None:
    """Without a column for sections, a line of bare words names the section of those under it."""
    section = ""
    for item in list(items):
        if item.is_bare and item.label and not item.is_total and item is not items[-1]:
            section = item.label
            item.label, item.section = "", section
        else:
            item.section = section
    items[:] = [item for item in items if item.label or not item.is_bare]


def join_bare(item: Item, above: list[Item], label: str, wanted: PeriodsWanted) -> None:
    """« Objectif », « Réalisé », « 2022 » under the line of an indicator: what it is of it, and no indicator."""
    words = plain(item.label).split()
    code = wanted.series_of(item.label)
    is_bare = code in (TARGET, GAP) or (code == ACTUAL and words[0] not in _MEASURES)
    year = _year(item.label, wanted)
    is_free = bool(above and label) and not item.part and len(words) <= 2 and (is_bare or year)
    if not is_free or above[-1].section != item.section or above[-1].is_total:
        return
    item.part, item.part_place = ("" if year else item.label), item.place
    item.year, item.label = item.year or year, label
    if year:
        above[-1].year = above[-1].year or wanted.year


def join_nameless(item: Item, above: list[Item], words: str) -> None:
    """Figures without a label, just under a line that has one: whose they are is asked, the first line included."""
    before = above[-1] if above else None
    is_next = before is not None and before.lines[-1] + 1 == item.lines[0] and before.label and not before.is_total
    if before is None or not is_next or before.is_bare or item.is_bare:
        return
    item.label = before.label
    rank = sum(1 for one in above if one.label == item.label)
    if not before.part and not before.year:
        before.part, before.part_place = before.beside or "1re ligne", before.place
    item.part, item.part_place = item.part or words or f"{rank + 1}e ligne", item.place


def part_labels(items: list[Item], wanted: PeriodsWanted) -> None:
    """« X - cible » beside « X - résultat », « X 2022 » beside « X 2023 »: one label, and what each line is of it."""
    split = {id(item): _split(item.label, wanted) for item in items if not item.part}
    named = groupby(items, key=lambda item: (plain(split.get(id(item), (item.label, ""))[0]), item.group))
    for _key, group in named:
        same = list(group)
        parts = [split.get(id(item), ("", ""))[1] for item in same]
        said = {wanted.series_of(part) for part in parts if part}
        is_alone = len(same) == 1 and said == {TARGET} and " " not in plain(parts[0])
        if is_alone or (len(same) > 1 and len({plain(part) for part in parts}) == len(same) and any(parts)):
            _say_all(same, parts, split, wanted)


def stem_of(label: str) -> str:
    """« X » of « X - Arles », « X (guichet) »: the words before what sets a label apart from its like."""
    apart = _APART.fullmatch(label)
    return plain(apart["name"]) if apart else ""


def _split(label: str, wanted: PeriodsWanted) -> tuple[str, str]:
    apart = _APART.fullmatch(label)
    if apart and (_year(apart["part"], wanted) or wanted.series_of(re.sub(r".*\d.*", "", apart["part"]))):
        return apart["name"], apart["part"]
    word = _LAST_WORD.fullmatch(label)
    if word and (wanted.series_of(word["part"]) in (TARGET, GAP, ACTUAL) or _year(word["part"], wanted)):
        return word["name"], word["part"]
    return label, ""


def _year(part: str, wanted: PeriodsWanted) -> int | None:
    last = {"lastyear": 1, "thisyear": 0}.get(wanted.marked(part))
    years = years_in(Cell(1, 1, part)) if part.isdigit() else []
    return wanted.year - last if last is not None else years[0] if years else None


def _say_all(same: list[Item], parts: list[str], split: dict[int, tuple[str, str]], wanted: PeriodsWanted) -> None:
    for item, part in zip(same, parts, strict=True):
        if part:
            _say(item, split[id(item)][0], part, wanted)
    for item in same if any(item.year for item in same) else []:
        item.year = item.year or wanted.year  # « X » beside « X (N-1) »


def _say(item: Item, name: str, part: str, wanted: PeriodsWanted) -> None:
    item.label, year = name, _year(part, wanted)
    if year:
        item.year = item.year or year
    else:
        item.part, item.part_place = part, item.place
