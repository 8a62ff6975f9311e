"""`manage.py verify_history`: is what is shown what was sealed?"""

import json

from django.core.management.base import CommandError

from core.base.commands import FrenchCommand
from core.base.words import counted
from core.record import seals, verification
from core.services import seals as services

FIRST = "first"


class Command(FrenchCommand):
    help = (
        "Relit tout l’historique et le compare à ce qui est affiché ; --seal scelle d’abord ce qui ne l’est pas, "
        "--seal EMPREINTE vérifie en plus une tête de chaîne reçue ou imprimée. Code 1 à la première anomalie."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--seal",
            nargs="?",
            const=FIRST,
            metavar="EMPREINTE",
            help="seul : sceller d’abord ; avec l’empreinte d’un sceau gardée ailleurs : vérifier qu’il y est encore",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, seal, **options):
        head = seal if seal and seal != FIRST else ""
        if seal == FIRST:
            services.seal()
        found = verification.verify(heads=[head] if head else [])
        if options["format"] == "json":
            self.stdout.write(json.dumps(_told(found), ensure_ascii=False, indent=1))
        elif not found.breaches:
            self.stdout.write(
                f"{found.words} À sceller : {counted(found.waiting, 'ligne')}.{verification.words_of_head(head)}"
            )
        if found.breaches:
            raise CommandError(found.words)


def _told(found: verification.Verification) -> dict:
    breaches = [
        {"kind": b.kind, "what": b.what, "sealed_at": b.sealed_at and b.sealed_at.isoformat(), "message": b.words}
        for b in found.breaches
    ]
    kept = {"rows": found.rows, "seals": found.seals, "expected": found.expected, "waiting": found.waiting}
    return {**kept, "head": seals.head(), "breaches": breaches}
