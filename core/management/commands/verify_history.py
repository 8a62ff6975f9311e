"""`manage.py verify_history`: is the history still what was sealed?"""

import json

from django.core.management.base import CommandError

from core import seals
from core.commands import FrenchCommand
from core.services import seals as services
from core.words import counted


class Command(FrenchCommand):
    help = "Relit tout l’historique scellé ; --seal scelle d’abord ce qui ne l’est pas. Code 1 si une ligne a changé."

    def add_arguments(self, parser):
        parser.add_argument("--seal", action="store_true", help="sceller d’abord ce qui ne l’est pas")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, seal, **options):
        if seal:
            services.seal()
        found = seals.verify()
        breaches = [{"what": b.what, "sealed_at": b.sealed_at.isoformat(), "message": b.words} for b in found.breaches]
        if options["format"] == "json":
            kept = {"rows": found.rows, "seals": found.seals, "waiting": found.waiting, "breaches": breaches}
            self.stdout.write(json.dumps(kept, ensure_ascii=False, indent=1))
        elif not breaches:
            self.stdout.write(f"{found.words} À sceller : {counted(found.waiting, 'ligne')}.")
        if breaches:
            raise CommandError(found.words)
