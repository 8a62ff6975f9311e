"""`manage.py retention --dry-run`: what is past its term of keeping, rule by rule; without it, erased."""

import json

from django.utils import timezone

from core.base.commands import FrenchCommand, parse_date
from core.base.registries import retention_rules


class Command(FrenchCommand):
    help = "Efface ce qui a dépassé sa durée de conservation, règle par règle ; --dry-run dit ce qui le serait."

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="dit ce qui serait effacé, n’efface rien")
        parser.add_argument("--on", help="jour auquel juger, comme 2026-05-04 (aujourd’hui par défaut)")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, dry_run: bool, on: str | None, format: str, **options):
        day = parse_date(on, "--on") if on else timezone.localdate()
        told = []
        for rule in retention_rules:
            rows = rule.due(day)
            number = rows.count() if dry_run else rule.erase(rows)
            what = "due" if dry_run else "erased"
            told.append({"code": rule.code, "label": rule.label, "term": rule.term, what: number})
        if format == "json":
            self.stdout.write(json.dumps({"on": day.isoformat(), "rules": told}, ensure_ascii=False, indent=1))
            return
        for one in told:
            verb = "à effacer" if dry_run else "effacés"
            self.stdout.write(f"{one['label']} ({one['term']}) : {one.get('due', one.get('erased'))} {verb}")
