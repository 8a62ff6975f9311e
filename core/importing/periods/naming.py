"""What the lines of a table are named: by their label and what it ends with, a line above, or the table's title."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from core.importing.periods.heads import Band
from core.importing.periods.roles import ACTUAL, COMPUTED, GAP, TARGET, PeriodsWanted
from core.importing.periods.spans import spelling_of
from core.importing.periods.years import years_in
from core.importing.words import plain
from core.sheets.reading.model import Cell

if TYPE_CHECKING:
    from core.importing.periods.items import Item

_APART = re.compile(r"(?P<name>.+?)\s*(?:\s[-–—/|]|[:(\[])\s*(?P<part>n-1|[^-–—:/|()\[\]]+?)\s*[)\]]?", re.IGNORECASE)
_MEASURES = ("taux", "delai", "%", "moyenne", "ratio", "pourcentage")
# « Écart à l’objectif », « Rappel N-1 », « Objectif annuel »: words that say only what a line is of the one above.
_ONLY = re.compile(
    r"(?:(?:rappel|valeurs?|resultats?|realise\w*|pour memoire|dont) )?(?:(?:de|du|d|l|la|le|les|a|annee) )*"
    r"(?:objectifs?|cibles?|ecarts?|evol(?:ution)?s?|variations?|difference|delta|cumul\w*|lastyear|thisyear|n [2-5])"
    r"(?: (?:%|en|pts?|points?|a|au|aux|de|du|d|l|la|le|les|et|par|rapport|avec|entre|sur|vs|n|[1-5]|atteindre|fixes?"
    r"|annuel(?:le)?s?|mensuel(?:le)?s?|annee|mois|depuis|janvier|objectifs?|cibles?|lastyear|thisyear|resultats?"
    r"|realise\w*|precedente?))*"
)
_ANY_YEAR = re.compile(r".*\b(lastyear|thisyear|n [2-5])\b.*")
_MEASURED = re.compile(r"(?:(?:taux|delais?|nombre|nb|durees?|temps|part|pourcentage|volume|note) )")
_LAST_WORD = re.compile(r"(?P<name>.+)\s(?P<part>\S+)")


def title_over(band: Band) -> Cell | None:
    """The nearest text alone on its row over a table: the label of a table that has no column of labels."""
    sheet, view = band.view.sheet, band.view
    first, top = (band.line, band.top) if view.is_upright else (min(band.heads, default=1), 1)
    for row in range(first - 1, top - 1, -1):
        cells = [cell for column in range(1, sheet.column_count + 1) if not (cell := sheet.cell(row, column)).is_empty]
        is_text = len(cells) == 1 and isinstance(cells[0].value, str)
        is_name = is_text and (not years_in(cells[0]) or _MEASURED.match(plain(cells[0].text)))
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
    part, year = _said_alone(item.label, wanted)
    if item.part or not (part or year) or not label or not _goes_under(item, above):
        return
    item.part, item.part_place = part, item.place
    item.year, item.label = item.year or year, label
    if year:
        above[-1].year = above[-1].year or wanted.year


def _said_alone(label: str, wanted: PeriodsWanted) -> tuple[str, int | None]:
    """(what it is, its year) of a line that says only one of them."""
    words, is_short = plain(label).split(), len(plain(label).split()) <= 2
    is_only = bool(_ONLY.fullmatch(wanted.marked(label)))
    if not (is_short or is_only):
        return "", None
    code, year = wanted.series_of(label), _year(label, wanted)
    if is_only and not year and code != GAP:
        year = wanted.year_said(_ANY_YEAR.sub(r"\1", wanted.marked(label)))
    is_bare = code in (TARGET, GAP) or (code == ACTUAL and words[0] not in _MEASURES) or (is_only and code == COMPUTED)
    if is_bare and year in (None, wanted.year):
        return label, None
    return "", year


def _goes_under(item: Item, above: list[Item]) -> bool:
    return bool(above) and above[-1].section == item.section and not above[-1].is_total


def join_nameless(item: Item, above: list[Item], words: str) -> None:
    """Figures without a label, just under a line that has one: whose they are is asked, the first line included."""
    before = above[-1] if above else None
    if before is None or not _follows(item, before):
        return
    item.label = before.label
    rank = sum(one.label == item.label for one in above)
    if not (before.part or before.year):
        before.part, before.part_place = before.beside or "1re ligne", before.place
    item.part, item.part_place = item.part or words or f"{rank + 1}e ligne", item.place


def _follows(item: Item, before: Item) -> bool:
    """Whether figures stand just under those of a line with a label."""
    is_next = before.lines[-1] + 1 == item.lines[0]
    return is_next and bool(before.label) and not (before.is_total or before.is_bare or item.is_bare)


def part_labels(items: list[Item], wanted: PeriodsWanted) -> None:
    """« X - cible » beside « X - résultat », « X 2022 » beside « X 2023 »: one label, and what each line is of it."""
    split = {id(item): _split(item.label, wanted) for item in items if not item.part}
    named = groupby(items, key=lambda item: (plain(split.get(id(item), (item.label, ""))[0]), item.group))
    for _key, group in named:
        same = list(group)
        parts = [split.get(id(item), ("", ""))[1] for item in same]
        if _tell_apart(parts, wanted):
            _say_all(same, parts, split, wanted)


def _tell_apart(parts: list[str], wanted: PeriodsWanted) -> bool:
    """Whether what lines of one label end with sets them apart: a target alone, or words that all differ."""
    if len(parts) == 1:
        return bool(parts[0]) and wanted.series_of(parts[0]) == TARGET and " " not in plain(parts[0])
    return len({plain(part) for part in parts}) == len(parts) and any(parts)


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
    years = years_in(Cell(1, 1, part)) if part.isdigit() else []
    return wanted.year_said(part) or next(iter(years), None)


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
