"""`manage.py training_balance --unit 38 --year 2022`: agents concerned and to train, trained, tutoring agreements."""

import json

from django.utils import timezone

from core.base.commands import FrenchCommand
from core.base.errors import UserError
from organisations.models import Unit
from training import synthesis
from training.management.units import unit_of

FIRST_YEAR, LAST_YEAR = 2000, 2100
TITLES = {
    "concerned": "Agents concernés, par thème",
    "to_train": "Agents à former dans l’année, par thème",
    "trained": "Agents formés, par formation",
    "agreements": "Conventions de tutorat, par service",
}


class Command(FrenchCommand):
    help = (
        "Le bilan d’une année : agents concernés et à former par thème, formés par formation, conventions par service."
    )

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code de l’unité, comme 38")
        parser.add_argument("--year", type=int, required=True, help="année, comme 2022")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, unit, year, format, **options):
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise UserError(f"--year : l’année va de {FIRST_YEAR} à {LAST_YEAR}.")
        units = Unit.objects.ids_below(unit_of(unit).pk)
        found = synthesis.balance(units, year, today=timezone.localdate())
        told = {name: getattr(found, name) for name in TITLES}
        if format == "json":
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for name, title in TITLES.items():
            self.stdout.write(f"{title} : {sum(told[name].values())}")
            for label, number in told[name].items():
                self.stdout.write(f"  {number:>4}  {label}")
