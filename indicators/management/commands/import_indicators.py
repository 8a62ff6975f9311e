"""Import a grid: `manage.py import_indicators FILE --unit 13-aix --year 2020 [--dry-run] [--format json]`."""

from typing import Any

from core.base.errors import UserError
from core.importing.command import ImportCommand
from indicators.imports.gridfile import GridFile
from indicators.imports.whole import AMENDMENT
from indicators.models import GridImport
from indicators.rules.months import FIRST_YEAR, LAST_YEAR
from organisations.models import Unit


class Command(ImportCommand):
    help = "Importe la grille d’indicateurs d’un site et d’une année (classeur, texte ou tableau de document)."
    kind = GridFile

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--year", required=True, type=int, help="année de la grille")
        parser.add_argument("--reason", default="", help="raison de la rectification, si un mois est clos")

    def record_of(self, options: dict[str, Any]) -> GridImport:
        site = Unit.objects.sites().filter(code=options["unit"]).first()
        if site is None:
            raise UserError(f"Aucun site n’a le code « {options['unit']} ».")
        if not FIRST_YEAR <= options["year"] <= LAST_YEAR:
            raise UserError(f"L’année {options['year']} n’est pas entre {FIRST_YEAR} et {LAST_YEAR}.")
        return GridImport(site=site, year=options["year"])

    def answers_of(self, options: dict[str, Any]) -> dict[str, str]:
        return {AMENDMENT: options["reason"]} if options["reason"] else {}
