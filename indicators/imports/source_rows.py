"""The rows of a grid as they stand in the file: which cell is what, before anything is understood of them."""

import re
from dataclasses import dataclass

from core.imports.words import plain
from core.spreadsheets.model import Cell
from indicators.imports.columns import (
    COMMENT,
    ENGAGEMENT,
    FAMILY,
    LABEL,
    MEAN,
    PREVIOUS,
    PREVIOUS_MET,
    TARGET,
    UNIT,
)  # fmt: skip
from indicators.imports.figures import figure_of
from indicators.imports.layout import Layout
from indicators.imports.states import state_in
from indicators.imports.words import engagement_code

_TOTALS = re.compile(
    r"(sous )?tota(l|ux)( .*)?|ensemble|synthese|recapitulatif"
    r"|moyennes?( (generale|globale|annuelle|mensuelle|du mois|des mois|des indicateurs|famille|par|totale|module).*)?"
)


@dataclass
class SourceRow:
    """One row; cells that the grid has no column for are None. Months are keyed 1 to 12."""

    sheet: str
    row_number: int
    family: str
    label: str
    label_address: str
    engagement: str
    unit_words: str
    months: dict[int, Cell]
    target: Cell | None
    previous: Cell | None
    previous_met: Cell | None
    mean: Cell | None
    comment: str

    @property
    def is_total(self) -> bool:
        return _TOTALS.fullmatch(plain(self.label)) is not None

    @property
    def is_bare(self) -> bool:
        """Nothing but words: the name of a family, a note under the table, or an indicator nobody filled in."""
        cells = [*self.months.values(), self.target, self.previous, self.previous_met]
        return not self.engagement and all(cell is None or cell.is_empty for cell in cells)


def source_rows(layout: Layout) -> list[SourceRow]:
    """Every row under the headings that has a label or a value in a month, families carried down."""
    rows: list[SourceRow] = []
    family = ""
    for number in range(layout.last_row + 1, layout.end_row + 1):
        row = _source_row(layout, number)
        family = row.family = row.family or family
        if row.label or any(not cell.is_empty for cell in row.months.values()):
            rows.append(row)
    if FAMILY not in layout.roles:
        _name_families(rows)
    return rows


def _source_row(layout: Layout, number: int) -> SourceRow:
    mean, comment = _untangled(_at(layout, number, MEAN), _at(layout, number, COMMENT))
    label = _seen(layout, number, LABEL)
    return SourceRow(
        sheet=layout.sheet.name,
        row_number=number,
        family=_words(_seen(layout, number, FAMILY)),
        label=_words(label),
        label_address=label.address if label else f"{number}",
        engagement=engagement_code(_words(_seen(layout, number, ENGAGEMENT))),
        unit_words=_words(_at(layout, number, UNIT)),
        months={month: layout.sheet.cell(number, column) for month, column in layout.months.items()},
        target=_at(layout, number, TARGET),
        previous=_at(layout, number, PREVIOUS),
        previous_met=_at(layout, number, PREVIOUS_MET),
        mean=mean,
        comment=comment,
    )


def _at(layout: Layout, row: int, role: str) -> Cell | None:
    column = layout.roles.get(role)
    return layout.sheet.cell(row, column) if column else None


def _seen(layout: Layout, row: int, role: str) -> Cell | None:
    """The cell seen at a place: a merged one shows on every row it covers."""
    column = layout.roles.get(role)
    return layout.sheet.value_at(row, column) if column else None


def _words(cell: Cell | None) -> str:
    return "" if cell is None or cell.is_error else " ".join(cell.text.split())


def _untangled(mean: Cell | None, comment: Cell | None) -> tuple[Cell | None, str]:
    """The mean and the comment, put right where a row has them in each other's column."""
    if _is_prose(mean) and not _is_prose(comment):
        mean, comment = comment, mean
    elif comment is not None and (mean is None or mean.is_empty) and (comment.is_error or figure_of(comment)):
        mean, comment = comment, None
    text = comment.text.strip() if comment is not None and not comment.is_error else ""
    return mean, "" if state_in(text) is not None and len(text) < 4 else text


def _is_prose(cell: Cell | None) -> bool:
    if cell is None or cell.is_empty or cell.is_error or not isinstance(cell.value, str):
        return False
    return (
        figure_of(cell) is None
        and not cell.value.startswith("#")
        and (len(cell.value) > 15 or state_in(cell.value) is None)
    )


def _name_families(rows: list[SourceRow]) -> None:
    """Without a column for families, a row of bare words names the family of those under it."""
    family = ""
    for row in list(rows):
        has_rows_under = row is not rows[-1]
        if (
            row.is_bare
            and row.label
            and not row.is_total
            and has_rows_under
            and (row.mean is None or row.mean.is_empty)
        ):
            family = row.label
            rows.remove(row)
        else:
            row.family = family
