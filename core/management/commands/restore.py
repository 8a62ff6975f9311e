"""`manage.py restore FILE`: a backup into a new installation, of either database."""

import json
from dataclasses import asdict
from pathlib import Path

from core.base.commands import FrenchCommand
from core.services import backups

OTHER_KEY = (
    "Attention : IDENTITY_KEY (à défaut SECRET_KEY) n’est pas celle de l’installation sauvegardée. Les identités "
    "chiffrées ne se lisent pas ici : reprenez l’ancienne clé."
)


class Command(FrenchCommand):
    help = (
        "Restaure FILE dans une installation neuve (base sans ligne, dossier de fichiers vide) ; --check la relit "
        "seulement. Une archive endommagée ou une base qui sert est refusée avant que rien ne soit touché."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="relire l’archive entière, sans rien restaurer")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, file, check, **options):
        done = backups.check(file) if check else backups.restore(file)
        if options["format"] == "json":
            self.stdout.write(json.dumps(asdict(done), indent=1))
            return
        verb = "relue, bonne" if check else f"restaurée et comparée en {done.seconds:.0f} s"
        self.stdout.write(f"{file} : {done.words}, {verb}.")
        if not done.has_same_secret:
            self.stderr.write(OTHER_KEY)
