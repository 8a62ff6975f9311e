"""The real grid of Aix 2020, taken in by the same path as any file sent by a person."""

from django.core.files import File

from core.importing import engine
from core.sheets.reading.bounded import read
from demo.files import GRID
from indicators.imports.gridfile import GridFile
from indicators.models import GridImport
from organisations.models import Unit, User

YEAR = 2020


def load_grid(site: Unit, *, by: User) -> None:
    """Read, recognise and record the grid, unless it has been."""
    if GridImport.objects.filter(site=site, year=YEAR).exists():
        return
    record = GridImport(site=site, year=YEAR)
    book = read(GRID, name=GRID.name)
    plan = engine.plan_book(GridFile, record, book)
    with GRID.open("rb") as content:
        engine.record_at_once(GridFile, record, File(content, name=GRID.name), book=book, plan=plan, by=by)
