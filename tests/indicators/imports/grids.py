"""Workbooks built in memory, and what a grid says once its addresses are set aside."""

import copy
from decimal import Decimal
from pathlib import Path

from core.spreadsheets.addresses import position_of
from core.spreadsheets.model import MergedRange, Sheet, Workbook
from core.spreadsheets.tagged import Encoder
from indicators.imports.recognition import recognise
from tests.indicators.imports.catalogue import CATALOGUE

DATA = Path(__file__).parents[2] / "data"
AIX = DATA / "aix_2020_tableau_de_bord.xlsx"
MONTHS = ["Janv", "Févr", "Mars", "Avril", "Mai", "Juin", "Juil", "Août", "Sept", "Oct", "Nov", "Déc"]


def sheet(rows, *, name="Feuille", merged=(), texts=None, is_hidden=False):
    """A sheet as reading gives it; dates are given as such."""
    encode = Encoder()
    values = [[v if v is None or isinstance(v, str | int | float) else encode(v) for v in row] for row in rows]
    return Sheet(name, values, [MergedRange(*block) for block in merged], texts or {}, is_hidden=is_hidden)


def workbook(rows, **options):
    return Workbook("grille.xlsx", [sheet(rows, **options)])


def grid_of(rows, *, year=2020, catalogue=CATALOGUE, **options):
    return recognise(workbook(rows, **options), year=year, catalogue=catalogue)


def simple(*rows, months=MONTHS):
    """Rows under the plainest heading: indicator, engagement, twelve months."""
    return [["Indicateur", "Engagement", *months], *rows]


def row(label, engagement, *values):
    return [label, engagement, *values, *["-"] * (12 - len(values))]


def months_of(row):
    """State and value of the twelve months."""
    return [(cell.state, cell.value) for cell in row.cells]


def values_of(row):
    return [cell.value for cell in row.cells]


def meaning(grid):
    """What a grid says, wherever it stands: codes, families, targets, last year, months, means, comments."""
    return [
        (
            row.match.code,
            row.family,
            row.engagement,
            row.unit,
            row.target and (row.target.direction, row.target.value),
            row.previous and (row.previous.value, row.previous.target_met),
            tuple((cell.month, cell.state, cell.value) for cell in row.cells),
            row.printed_mean and row.printed_mean.value,
            row.comment,
        )
        for row in grid.rows
    ]


def measured(row):
    return [cell.value for cell in row.cells if cell.state == "measured"]


def mean(values):
    return sum(values) / len(values) if values else None


def exactly(number):
    return None if number is None else Decimal(str(number))


def changed(sheet, **cells):
    """A copy of a sheet with some cells replaced: `changed(sheet, G5=1)`."""
    values, texts = copy.deepcopy(sheet.values), dict(sheet.texts)
    for address, value in cells.items():
        row, column = position_of(address)
        values[row - 1][column - 1] = value
        texts.pop((row, column), None)
    return Sheet(sheet.name, values, sheet.merged, texts, sheet.formulas)
