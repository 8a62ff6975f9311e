"""`manage.py check_triggers`: are the append-only tables guarded, by the text of their triggers and by their effect?"""

from django.core.management.base import CommandError

from core.base.commands import FrenchCommand
from core.record import guards, triggers

OWNS = (
    "Attention : le rôle « {role} » possède ces tables et pourrait en ôter la garde ; en production, l’application se "
    "connecte sous un rôle qui ne possède rien (README)."
)


class Command(FrenchCommand):
    help = "Vérifie que chaque table d’historique refuse modification et suppression ; --install pose ce qui manque."

    def add_arguments(self, parser):
        parser.add_argument("--install", action="store_true", help="poser ce qui manque ou n’est plus ce qu’il était")

    def handle(self, *, install, **options):
        if install:
            for name in triggers.install():
                self.stdout.write(f"posé : {name}")
        if found := guards.faults():
            raise CommandError(" ".join(fault.words for fault in found))
        self.stdout.write(f"{len(triggers.tables())} tables protégées.")
        if role := guards.owner():
            self.stdout.write(OWNS.format(role=role))
