"""The real grid of Aix 2020, taken in by the same path as any file sent by a person."""

from django.core.files import File

from core.enums import ImportState
from core.imports import flow
from core.spreadsheets.reading import read
from indicators.imports.planning import plan_of, recognise_for
from indicators.models import GridImport
from indicators.services import imports
from organisations.models import Unit, User
from reports.demo.files import GRID

YEAR = 2020


def load_grid(site: Unit, *, by: User) -> None:
    """Read, recognise and record the grid, unless it has been."""
    if GridImport.objects.filter(site=site, year=YEAR).exists():
        return
    plan = plan_of(recognise_for(site, YEAR, read(GRID, name=GRID.name)), site=site, year=YEAR)
    record = GridImport(site=site, year=YEAR, state=ImportState.PREVIEW, preview={"grid": plan.grid.to_json()})
    with GRID.open("rb") as content:
        flow.keep(record, File(content, name=GRID.name), by=by)
    imports.commit(record, plan.to_write(), by=by)
