"""`manage.py complaints_register --unit 38 --year 2022`: the register of a year, which names nobody."""

import json

from complaints.results import register
from core.base.commands import FrenchCommand
from organisations.services.units import unit_coded


class Command(FrenchCommand):
    help = "Imprime le registre d’une année : dates, délais et ce qu’ils valent, sans le nom des personnes."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code d’un site ou d’un service")
        parser.add_argument("--year", type=int, required=True, help="année de réception")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, unit: str, year: int, format: str, **options):
        rows = register(unit_coded(unit), year)
        if format == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        self.stdout.write(";".join(rows[0]) if rows else "Aucun dossier cette année-là.")
        for row in rows:
            self.stdout.write(";".join("" if value is None else str(value) for value in row.values()))
