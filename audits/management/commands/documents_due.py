"""`manage.py documents_due --unit 13-aix --on 2026-11-29 --within 60`: the documents and their next check."""

import json
from datetime import date

from django.utils import timezone

from audits.management.sites import site_of
from audits.models import Document
from core.base.commands import FrenchCommand, parse_date
from core.base.errors import UserError
from core.base.words import in_words


class Command(FrenchCommand):
    help = "Liste les documents d’un site avec leur prochaine vérification et leur état ce jour-là."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--on", default="", help="jour, comme 2026-11-29 (aujourd’hui par défaut)")
        parser.add_argument("--within", type=int, default=60, help="à vérifier dans ce nombre de jours")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, unit: str, on: str, within: int, format: str, **options):
        if within < 0:
            raise UserError("--within : un nombre de jours n’est pas négatif.")
        site, day = site_of(unit), parse_date(on, "--on") if on else timezone.localdate()
        found = list(Document.objects.filter(site=site).in_use(day).order_by("title", "pk"))
        found.sort(key=lambda document: (document.next_check_on is None, document.next_check_on or date.max))
        rows = [(document, document.state_on(day, within=within)) for document in found]
        if format == "json":
            told = [
                {
                    "title": one.title,
                    "status": state.value,
                    "next_check_on": _day(one.next_check_on),
                }
                for one, state in rows
            ]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
            return
        for one, state in rows:
            when = f" ({in_words(one.next_check_on)})" if one.next_check_on else ""
            self.stdout.write(f"{state.label} : {one.title}{when}")
        if not rows:
            self.stdout.write(f"Aucun document au registre de « {site} ».")


def _day(day: date | None) -> str | None:
    return day and day.isoformat()
