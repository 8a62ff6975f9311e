"""List what contradicts itself: `manage.py check_consistency --unit demo --year 2022`; without options, everywhere."""

import json

from core.base.commands import FrenchCommand
from core.base.errors import UserError
from organisations.models import Unit
from reports import contradictions


class Command(FrenchCommand):
    help = "Liste ce qui se contredit ou manque (dates, actions, enquêtes…), avec la page où y remédier."

    def add_arguments(self, parser):
        parser.add_argument("--unit", default="", help="code du site ; tous par défaut")
        parser.add_argument("--year", type=int, help="année ; toutes par défaut")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, unit: str, year: int | None, format: str, **options):
        sites = Unit.objects.sites().order_by("position", "code")
        if unit:
            sites = sites.filter(code=unit)
            if not sites:
                raise UserError(f"Aucun site n’a le code « {unit} ».")
        found = {site: list(contradictions.rows([site], year)) for site in sites}
        if format == "json":
            every = [row for rows in found.values() for row in rows]
            self.stdout.write(json.dumps(every, ensure_ascii=False, indent=1))
            return
        for site, rows in found.items():
            self._print(rows, heading="" if unit else str(site))
        if not any(found.values()):
            where = f" – {sites[0]}" if unit else ""
            self.stdout.write(f"Rien ne se contredit{f' en {year}' if year else ''}{where}.")

    def _print(self, rows: list[dict], *, heading: str) -> None:
        """What contradicts itself at a site, under its name where several are looked at."""
        if rows and heading:
            self.stdout.write(heading)
        for row in rows:
            self.stdout.write(f"{row['object']} : {row['message']}")
