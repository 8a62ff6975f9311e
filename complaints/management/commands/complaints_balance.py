"""`manage.py complaints_balance --unit 38 --year 2022`: the balance of a year, its rates with their base."""

import json

from complaints.enums import Channel
from complaints.results import Balance, balance
from complaints.rules.figures import Rate
from core.base.commands import FrenchCommand
from core.base.figures import DAYS, RATE, format_figure
from core.base.words import counted
from organisations.services.units import unit_coded


class Command(FrenchCommand):
    help = "Imprime le bilan des suggestions et réclamations d’une année."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code d’un site ou d’un service")
        parser.add_argument("--year", type=int, required=True, help="année de réception")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, unit: str, year: int, format: str, **options):
        found = balance(unit_coded(unit), year)
        if format == "json":
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
            return
        for line in _told(found):
            self.stdout.write(line)


def _told(found: Balance) -> list[str]:
    channels = [f"{Channel(code).label} : {number}" for code, number in found.by_channel.items() if number]
    return [
        f"{counted(found.received, 'reçue')} ({', '.join(channels) or 'aucun canal'})",
        f"Dans le champ : {found.in_scope} ; hors champ : {found.out_of_scope}",
        f"Accusées dans le délai : {_rate(found.acknowledged)}",
        f"Répondues dans le délai : {_rate(found.answered)}",
        f"Délai moyen : {format_figure(found.mean_delay, DAYS)} ; médian : {format_figure(found.median_delay, DAYS)}",
        f"Remarques orales comptées : {found.oral_tally}",
        f"Transmises sans copie de la réponse : {found.transmitted_without_copy}",
    ]


def _rate(rate: Rate) -> str:
    return f"{format_figure(rate.rate, RATE, 2)} ({rate.count} sur {rate.base})"
