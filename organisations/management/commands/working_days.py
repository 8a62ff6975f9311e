"""`manage.py working_days`: a due date, explained day by day."""

import json

from core.base.commands import FrenchCommand, parse_date
from core.base.errors import UserError
from core.services.calendars import calendar_of_zone, zone_named
from core.time.working_days import CONVENTION, WorkingCalendar
from organisations.calendars import calendar_of
from organisations.models import Unit


class Command(FrenchCommand):
    help = f"Calcule une échéance en jours ouvrés. {CONVENTION}"

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="start", required=True, help="jour de réception, comme 2026-05-04")
        parser.add_argument("--days", type=int, required=True, help="nombre de jours ouvrés")
        parser.add_argument("--zone", help="code de la zone de jours fériés, comme metropole ou alsace-moselle")
        parser.add_argument("--unit", help="code d’une unité : la zone et les fermetures de son site")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, start, days, zone, unit, format, **options):
        received = parse_date(start, "--from")
        zone, calendar = self._calendar(zone, unit)
        explained = calendar.explain(received, days)
        if format == "json":
            payload = {
                "from": received.isoformat(),
                "days": days,
                "zone": zone,
                "due_on": explained[-1].date.isoformat(),
                "explained": [
                    {"date": day.date.isoformat(), "counts": day.counts, "number": day.number, "reason": day.reason}
                    for day in explained
                ],
            }
            self.stdout.write(json.dumps(payload, ensure_ascii=False))
            return
        for day in explained:
            self.stdout.write(f"{day.date:%d/%m/%Y}  {day.number or '':>4}  {day.reason}")
        self.stdout.write(f"Échéance : {explained[-1].date:%d/%m/%Y}")

    def _calendar(self, code: str | None, unit_code: str | None) -> tuple[str, WorkingCalendar]:
        if not unit_code:
            if not code:
                raise UserError("Donnez une zone (--zone) ou une unité (--unit).")
            zone = zone_named(code)
            return zone.code, calendar_of_zone(zone)
        unit = Unit.objects.filter(code=unit_code).first()
        if unit is None:
            raise UserError(f"Aucune unité n’a le code « {unit_code} ».")
        calendar = calendar_of(unit)
        own = unit.site.holiday_zone
        if code and zone_named(code) != own:
            raise UserError(f"« {unit} » est dans la zone « {own.code} », pas « {code} ».")
        return own.code, calendar
