"""Print the results of a campaign: `manage.py survey_results --campaign CODE --format json`."""

import json

from core.base.commands import FrenchCommand
from core.base.errors import UserError
from core.base.figures import RATE, format_figure
from surveys.models import Campaign
from surveys.results import CriterionRow, leaving
from surveys.results.plain import rows_of


class Command(FrenchCommand):
    help = "Imprime les résultats d’une campagne d’enquête : par critère, satisfaits, réponses, retours, intervalle."

    def add_arguments(self, parser):
        parser.add_argument("--campaign", required=True, help="code de la campagne")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, campaign: str, format: str, **options):
        found = Campaign.objects.filter(code=campaign).first()
        if found is None:
            raise UserError(f"Aucune campagne d’enquête n’a le code « {campaign} ».")
        results = leaving(found)
        if format == "json":
            self.stdout.write(json.dumps(rows_of(results), ensure_ascii=False, indent=1))
            return
        for row in results:
            self.stdout.write(f"{row.criterion} : {_words(row)}")


def _words(row: CriterionRow) -> str:
    base = f"{row.satisfied} sur {row.answered}"
    if row.rate is None:
        return f"non significatif ({base})"
    low, high = format_figure(row.low, RATE), format_figure(row.high, RATE)
    return f"{format_figure(row.rate, RATE)} ({base}, entre {low} et {high})"
