"""Print the dashboard of a site: `manage.py dashboard --unit 13-aix --year 2020 --format json`."""

import json
from decimal import Decimal

from django.core.management.base import CommandError

from core.base.commands import FrenchCommand
from core.base.figures import format_figure
from indicators.services import dashboards
from organisations.models import Unit


class Command(FrenchCommand):
    help = "Imprime le tableau de bord d’un site : mois, lecture de l’année, cible, N-1, alertes."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--month", type=int, default=12, help="dernier mois lu (1 à 12)")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, unit: str, year: int, month: int, format: str, **options):
        site = Unit.objects.sites().filter(code=unit).first()
        if site is None:
            raise CommandError(f"Aucun site n’a le code « {unit} ».")
        if month not in range(1, 13):
            raise CommandError(f"Le mois {month} n’existe pas : donnez un nombre de 1 à 12.")
        content = dashboards.payload(site, year, month)
        if format == "json":
            self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1))
        else:
            self._print(content)

    def _print(self, content: dict) -> None:
        if not content["indicators"]:
            self.stdout.write(f"Aucune valeur à {content['unit']} en {content['year']}.")
        for row in content["indicators"]:
            value = None if row["year_value"] is None else Decimal(str(row["year_value"]))
            met = {True: "cible atteinte", False: "cible manquée", None: ""}[row["target_met"]]
            self.stdout.write(f"{row['engagement']:5} {row['label']} : {format_figure(value, row['unit'])} {met}")
            for warning in row["warnings"]:
                self.stdout.write(f"      ! {warning}")
