"""Workbooks built in memory, and what a grid says once its addresses are set aside."""

from datetime import date
from pathlib import Path

from core.importing.asks import Given
from core.sheets.reading.model import Marks, MergedRange, Sheet, Workbook
from core.sheets.reading.tagged import Encoder
from indicators.imports.planning import GridPlanner
from indicators.models import GridImport

DATA = Path(__file__).parents[2] / "data"
AIX = DATA / "aix_2020_tableau_de_bord.xlsx"
MONTHS = ["Janv", "Févr", "Mars", "Avril", "Mai", "Juin", "Juil", "Août", "Sept", "Oct", "Nov", "Déc"]
CALLS, DELAY, VISITS = "Taux d'appels aboutis", "Délai moyen de réponse aux courriers", "Nombre d'usagers reçus au PN"
RATES = [0.952, 0.961, 0.943, 0.955, 0.97, 0.948, 0.939, 0.921, 0.957, 0.962, 0.968, 0.951]
DAYS = [6, 5, 7, 6.5, 4, 5, 8, 9, 6, 5, 5.5, 7]
LAST_RATES = [0.9, 0.91, 0.89, 0.92, 0.93, 0.88, 0.87, 0.86, 0.91, 0.92, 0.93, 0.9]


def sheet(rows, *, name="2023", merged=(), marks=None, is_hidden=False, hidden_rows=()):
    """A sheet as reading gives it: dates are given as such, rates of at most 1 are shown in per cent."""
    encode = Encoder()
    values = [[encode(v) if isinstance(v, date) else v for v in row] for row in rows]
    shown = {
        (row, column): Marks(is_percent=True)
        for row, cells in enumerate(rows, start=1)
        for column, value in enumerate(cells, start=1)
        if isinstance(value, float) and value <= 1
    }
    return Sheet(
        name,
        values,
        [MergedRange(*block) for block in merged],
        marks=shown if marks is None else marks,
        is_hidden=is_hidden,
        hidden_rows=frozenset(hidden_rows),
    )


def workbook(*sheets):
    return Workbook("grille.xlsx", list(sheets))


def planned(site, rows, *, year=2023, answers=None, **options):
    """The plan of a sheet of rows (or of a workbook)."""
    book = rows if isinstance(rows, Workbook) else workbook(sheet(rows, **options))
    return GridPlanner(GridImport(site=site, year=year), Given(answers or {})).plan(book)


def simple(*rows, months=MONTHS):
    """Rows under the plainest heading: indicator, twelve months."""
    return [["Indicateur", *months], *rows]


def months(plan, label):
    """Month → value (or state) of a row."""
    told = {
        v["month"]: v["state"] if v["value"] is None else v["value"]
        for v in plan.reading["values"]
        if v["label"] == label
    }
    return dict(sorted(told.items()))


def full(values):
    return dict(enumerate(values, start=1))


def asked(plan):
    """The codes of the open asks, without what is particular to a file."""
    return [ask.code for ask in plan.open_asks]


def is_accounted(plan):
    counts = plan.accounts.counts
    return counts["filled"] == counts["read"] + counts["left_out"] + counts["asked"]


def inter(*lists):
    """Lists told one element of each at a time."""
    return [value for group in zip(*lists, strict=True) for value in group]
