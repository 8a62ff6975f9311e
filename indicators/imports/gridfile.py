"""The import of a grid of indicators, declared."""

from typing import Any

from django.urls import reverse

from core.importing.kind import FileImport, Noun
from core.importing.plan import Plan
from core.record import history
from core.sheets.reading.model import Workbook
from indicators.imports.planning import GridPlanner
from indicators.models import GridImport, Value
from indicators.services import grids
from organisations.permissions import Permission


class GridFile(FileImport[GridImport]):
    """A grid of a site and year."""

    code = "grid"
    namespace = "indicators"
    title = "Importer une grille"
    noun = Noun("valeur", "valeurs", is_feminine=True)
    permission = Permission.VALUE_IMPORT
    model = GridImport
    related = ("site",)
    answered = ("year",)
    line_template = "indicators/import/_line.html"
    word_labels = {"state": "Mots à la place d’une valeur", "number": "Nombres à deux lectures"}

    def plan(self, book: Workbook) -> Plan:
        return GridPlanner(self.record, self.given).plan(book)

    def hold(self) -> None:
        history.lock(self.record.site)
        rows = Value.objects.select_for_update(of=("self",)).filter(site=self.record.site_id, year=self.record.year)
        list(rows.order_by("pk").values_list("pk"))

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        entries = [line.content for line in plan.kept if line.content.is_written]
        amended = plan.extra["amendment_reason"]
        grids.write(self.record.site, self.record.year, entries, by=by, reason=reason, amendment_reason=amended)

    def after_undo(self, touched: dict[type, set], *, by: Any, reason: str) -> None:
        grids.after_undo(self.record, touched)

    @classmethod
    def scope_key(cls, record: GridImport) -> str:
        return record.site.code

    @classmethod
    def place(cls, record: GridImport) -> str:
        return f"{record.site.name}, {record.year}"

    @classmethod
    def way(cls, record: GridImport) -> list[tuple[str, str]]:
        return [cls.leads_to(record)]

    @classmethod
    def upload_url(cls, record: GridImport) -> str:
        return reverse("indicators:import-upload", args=[record.site.code, record.year])

    @classmethod
    def leads_to(cls, record: GridImport) -> tuple[str, str]:
        return f"La grille {record.year}", reverse("indicators:grid", args=[record.site.code, record.year])
