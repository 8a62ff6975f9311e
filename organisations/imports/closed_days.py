"""Import of the closed days of a site: a table of days, or of periods, with their reason."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.urls import reverse

from core.base.errors import UserError
from core.importing.kind import Noun
from core.importing.lines import LineChange
from core.importing.plan import Plan
from core.importing.tables import Wanted
from core.importing.tables.readers import Day, Text
from core.importing.tables.table_import import Entered, TableImport
from core.record import history
from core.services.calendars import calendar_of_zone
from core.sheets.reading.errors import SpreadsheetError
from organisations.models import ClosedDay, ClosedDayImport
from organisations.permissions import Permission
from organisations.services import closed_days


class ClosedDaysFile(TableImport[ClosedDayImport]):
    """Each line closes its working days; week-ends and holidays are left, as when a closing is typed."""

    code = "closed_days"
    namespace = "organisations"
    prefix = "closed-days-import"
    title = "Importer des fermetures"
    noun = Noun("fermeture", "fermetures", is_feminine=True)
    permission = seen_with = Permission.UNIT_EDIT
    model = ClosedDayImport
    related = ("site__holiday_zone",)
    columns = (
        Wanted(
            "first",
            "Jour",
            heads=r"(?:premier )?jours?|dates?|(?:jours?|dates?) de (?:debut|fermeture)|du|debut|day|from",
            read=Day(),
            colour="date",
            is_key=True,
            is_required=True,
        ),
        Wanted("last", "Dernier jour", heads="au|(?:date de )?fin|jusqu au|to|until|end", read=Day(), colour="date"),
        Wanted(
            "label",
            "Raison",
            heads="raisons?|motifs?|libelles?|natures?|objets?|intitules?|fermetures?|reason|label",
            read=Text(100),
            colour="label",
            is_required=True,
        ),
    )

    def stored(self, entries: Sequence[Entered]) -> dict[date, ClosedDay]:
        zone = self.record.site.holiday_zone
        if zone is None:
            raise SpreadsheetError(
                f"« {self.record.site} » n’a pas de zone de jours fériés : complétez d’abord sa fiche."
            )
        self.calendar = calendar_of_zone(zone)
        self.known = {row.date: row for row in self.record.site.closed_days.all()}
        self.said: dict[date, Entered] = {}
        return self.known

    def match(self, entry: Entered, stored: dict[date, ClosedDay]) -> list[ClosedDay] | None:
        """The days of the line that are closed already; None when all are new."""
        first, last = entry.values["first"], entry.values.get("last", entry.values["first"])
        try:
            days = [day for day in closed_days.days_between(first, last) if self.calendar.is_working(day)]
        except UserError as unknown_year:
            entry.wrong("first", unknown_year.message)
            days = []
        entry.extra = days
        return [stored[day] for day in days if day in stored] or (None if days else [])

    def check(self, entry: Entered) -> None:
        first = entry.values["first"]
        if why := closed_days.why_no_period(first, entry.values.get("last", first)):
            entry.wrong("last", why)
        elif not entry.extra and not entry.problems:
            entry.doubtful("first", f"Rien à fermer : {closed_days.why_none(self.calendar, first)}.")
        for day in entry.extra:
            other = self.said.setdefault(day, entry)
            if other.values["label"] != entry.values["label"]:
                entry.wrong("first", f"Le {day:%d/%m/%Y} est déjà dit à la ligne {other.row.number}.")

    def changes(self, entry: Entered) -> list[LineChange]:
        label, place = entry.values["label"], entry.row.place("first")
        before = {day: self.known[day].label if day in self.known else "" for day in entry.extra}
        return [LineChange(f"{day:%d/%m/%Y}", said, label, place) for day, said in before.items() if said != label]

    def hold(self) -> None:
        history.lock(self.record.site)

    def write(self, plan: Plan, *, by: Any, reason: str) -> None:
        entries = [line.content for line in plan.kept]
        days = {day: entry.values["label"] for entry in entries for day in entry.extra}
        closed_days.record(self.record.site, days, by=by, reason=reason)

    @classmethod
    def scope_key(cls, record: ClosedDayImport) -> str:
        return record.site.code

    @classmethod
    def place(cls, record: ClosedDayImport) -> str:
        return str(record.site)

    @classmethod
    def way(cls, record: ClosedDayImport) -> list[tuple[str, str]]:
        return [("Unités", reverse("organisations:units")), cls.leads_to(record)]

    @classmethod
    def upload_url(cls, record: ClosedDayImport) -> str:
        return reverse("organisations:closed-days-import-upload", args=[record.site.code])

    @classmethod
    def leads_to(cls, record: ClosedDayImport) -> tuple[str, str]:
        return "Jours de fermeture", reverse("organisations:closed-days", args=[record.site.code])
