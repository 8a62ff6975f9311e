"""`manage.py check_triggers`: are the append-only tables guarded?"""

from django.core.management.base import BaseCommand, CommandError

from core import triggers


class Command(BaseCommand):
    help = "Vérifie que chaque table d’historique refuse modification et suppression ; --install pose ce qui manque."

    def add_arguments(self, parser):
        parser.add_argument("--install", action="store_true", help="poser les déclencheurs qui manquent")

    def handle(self, *, install, **options):
        if install:
            for name in triggers.install():
                self.stdout.write(f"posé : {name}")
        if missing := triggers.missing():
            raise CommandError("Déclencheurs absents : " + ", ".join(missing))
        self.stdout.write(f"{len(triggers.tables())} tables protégées.")
