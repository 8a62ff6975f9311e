"""The rows of a sheet's plan: sections and engagements carry down, each other row is a finding or one more action."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from actions.imports.document import ACTION, COMMENT, DEADLINE, ENGAGEMENT, FINDING, RESPONSIBLE, STATUS, SourceRow
from actions.imports.layout import Layout, text_of
from core.imports.problems import ERROR, Problem
from core.spreadsheets.addresses import address_of
from core.spreadsheets.model import Cell

ABOUT_AN_ACTION = (RESPONSIBLE, DEADLINE, STATUS, COMMENT, ACTION)
_NUMBERED = re.compile(r"[Ee]?\d")
COLUMNS = (ENGAGEMENT, FINDING, *ABOUT_AN_ACTION)


@dataclass
class _Reading:
    """What the rows above say of the next ones."""

    layout: Layout
    section: str = ""
    engagement: str = ""
    engagement_cell: str = ""
    finding: int = 0
    is_open: bool = False  # whether a finding may take one more action
    problems: list[Problem] = field(default_factory=list)


def read_rows(layout: Layout) -> tuple[list[SourceRow], list[Problem]]:
    """Every row with its section and engagement, and what is wrong with those that are none."""
    reading = _Reading(layout)
    return list(_rows(reading)), reading.problems


def _rows(reading: _Reading) -> Iterator[SourceRow]:
    layout = reading.layout
    for row in layout.rows:
        if band := layout.band(row):
            _carry_band(reading, band)
            continue
        texts, cells = _texts(layout, row)
        if not texts:
            continue
        _carry_engagement(reading, texts, cells)
        if not _opens_finding(reading, row, texts, cells):
            continue
        own = {ENGAGEMENT: reading.engagement} | texts
        places = cells | {ENGAGEMENT: reading.engagement_cell}
        yield SourceRow(
            number=row,
            finding=reading.finding,
            texts={name: text for name, text in own.items() if text},
            cells={name: cell for name, cell in places.items() if cell},
            section=reading.section,
            has_action=any(texts.get(name) for name in ABOUT_AN_ACTION),
        )


def _texts(layout: Layout, row: int) -> tuple[dict[str, str], dict[str, str]]:
    """The words of each role and their places; without a column of findings, an action says it all."""
    texts, cells = {}, {}
    for name in COLUMNS:
        if (cell := layout.cell(row, name)) and (text := text_of(cell)):
            texts[name] = text
        if name in layout.columns:
            cells[name] = address_of(row, layout.columns[name])
    if FINDING not in layout.columns and ACTION in texts:
        texts[FINDING], cells[FINDING] = texts.pop(ACTION), cells.pop(ACTION)
    return texts, cells


def _carry_band(reading: _Reading, band: Cell) -> None:
    """A band is a section; a number alone in the column of engagements is the engagement of the next rows."""
    text = text_of(band)
    reading.is_open = False
    if not reading.layout.is_wide(band) and _NUMBERED.match(text):
        reading.engagement, reading.engagement_cell = text, band.address
        return
    reading.section = " ".join(text.split())
    reading.engagement = reading.engagement_cell = ""


def _carry_engagement(reading: _Reading, texts: dict[str, str], cells: dict[str, str]) -> None:
    if ENGAGEMENT in texts:
        reading.engagement, reading.engagement_cell = texts[ENGAGEMENT], cells[ENGAGEMENT]


def _opens_finding(reading: _Reading, row: int, texts: dict[str, str], cells: dict[str, str]) -> bool:
    """Whether the row says something of a finding: its own, or that of the row above where the cell is merged."""
    if texts.get(FINDING):
        reading.finding += 1
        reading.is_open = True
        return True
    above = reading.layout.covering(row, FINDING)
    is_merged = above is not None and above.row < row and bool(text_of(above))
    has_more = bool(texts.get(ACTION)) and reading.is_open
    if is_merged or has_more:
        return True
    if any(texts.get(name) for name in ABOUT_AN_ACTION):
        place = cells.get(FINDING) or next(iter(cells.values()))
        message = f"La ligne {row} décrit une action sans constat : écrivez le constat, ou supprimez la ligne."
        reading.problems.append(Problem(ERROR, reading.layout.sheet.name, place, message))
    return False
