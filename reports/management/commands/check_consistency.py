"""List what contradicts itself in a year of a site: `manage.py check_consistency --unit demo --year 2022`."""

import json

from core.commands import FrenchCommand
from core.errors import UserError
from organisations.models import Unit
from reports import contradictions


class Command(FrenchCommand):
    help = "Liste ce qui se contredit dans l’année d’un site (dates, actions, enquêtes…), avec la page où y remédier."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--year", required=True, type=int, help="année")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, unit: str, year: int, format: str, **options):  # noqa: A002 - the option is called --format
        site = Unit.objects.sites().filter(code=unit).first()
        if site is None:
            raise UserError(f"Aucun site n’a le code « {unit} ».")
        rows = [
            {"check": found.check.code, "title": found.check.title, "level": one.level, "message": one.message,
             "url": one.url}
            for found in contradictions.of_year(site, year)
            for one in found.contradictions
        ]  # fmt: skip
        if format == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            self.stdout.write(f"{row['title']} : {row['message']}")
        if not rows:
            self.stdout.write(f"Rien ne se contredit en {year} – {site}.")
