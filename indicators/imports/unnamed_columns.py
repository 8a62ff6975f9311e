"""Finds the columns that no heading names: labels, families, engagements, told from what they hold."""

import re
from dataclasses import dataclass

from core.spreadsheets.model import Cell
from indicators.imports.columns import ENGAGEMENT, FAMILY, LABEL
from indicators.imports.layout import Layout, column_heading, searched_columns
from indicators.imports.states import state_in

_ENGAGEMENT = re.compile(r"\s*(E|Eng\.?|Engagement)\s?\d{1,3}(\.\d+)?\s*", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]{3,}")
_SAMPLE_ROWS = 300


@dataclass(frozen=True)
class _Content:
    """What a column holds under the headings."""

    column: int
    texts: list[str]

    @property
    def engagements(self) -> int:
        return sum(1 for text in self.texts if _ENGAGEMENT.fullmatch(text))

    @property
    def weight(self) -> int:
        """Many texts, and long ones: a column of labels. Very long ones are comments."""
        return sum(min(len(text), 60) for text in self.texts)


def name_columns(layout: Layout) -> None:
    """Completes `layout.roles` with the columns told from their content."""
    contents = [_content(layout, column) for column in _free_columns(layout)]
    if ENGAGEMENT not in layout.roles:
        _take(layout, ENGAGEMENT, [content for content in contents if content.engagements * 2 > len(content.texts) > 0])
    contents = [content for content in contents if content.texts and content.column not in layout.roles.values()]
    if LABEL not in layout.roles:
        _take(layout, LABEL, sorted(contents, key=lambda content: -content.weight))
    if FAMILY not in layout.roles:
        rows = layout.end_row - layout.last_row
        _take(layout, FAMILY, [content for content in contents if _may_be_families(layout, content, rows)])


def _take(layout: Layout, role: str, contents: list[_Content]) -> None:
    if contents:
        layout.roles[role] = contents[0].column


def _may_be_families(layout: Layout, content: _Content, rows: int) -> bool:
    is_taken = content.column in layout.roles.values()
    return not is_taken and not column_heading(layout, content.column) and len(set(content.texts)) < max(rows, 2)


def _free_columns(layout: Layout) -> list[int]:
    taken = layout.month_columns | set(layout.roles.values())
    return [column for column in searched_columns(layout.sheet) if column not in taken]


def _content(layout: Layout, column: int) -> _Content:
    last = min(layout.end_row, layout.last_row + _SAMPLE_ROWS)
    cells = (layout.sheet.cell(row, column) for row in range(layout.last_row + 1, last + 1))
    return _Content(column, [cell.text.strip() for cell in cells if _is_wording(cell)])


def _is_wording(cell: Cell) -> bool:
    if not isinstance(cell.value, str) or cell.is_error:
        return False
    is_engagement = _ENGAGEMENT.fullmatch(cell.value) is not None
    return is_engagement or (_WORDS.search(cell.value) is not None and state_in(cell.value) is None)
