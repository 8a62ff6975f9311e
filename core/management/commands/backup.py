"""`manage.py backup FILE`: the whole installation in one file."""

import json
from dataclasses import asdict
from pathlib import Path

from core.base.commands import FrenchCommand
from core.services import backups


class Command(FrenchCommand):
    help = "Sauvegarde la base et les fichiers dans FILE, chiffré si BACKUP_KEY est donnée, puis relit l’archive."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, file, **options):
        made = backups.backup(file)
        if options["format"] == "json":
            self.stdout.write(json.dumps(asdict(made), indent=1))
        else:
            self.stdout.write(f"{file} : {made.words}, en {made.seconds:.0f} s. Relue en entier : bonne.")
