"""Read the signed exchange file of another installation: `manage.py read_exchange fichier.json`."""

from pathlib import Path

from core.base.commands import FrenchCommand
from core.base.errors import UserError
from core.base.words import counted
from reports.rules.exchange import fingerprint
from reports.services import exchange


class Command(FrenchCommand):
    help = "Lit le fichier d’échange d’un site d’une autre installation ; modifié depuis sa signature, il est refusé."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="fichier d’échange (JSON)")

    def handle(self, *, file: Path, **options):
        try:
            content = file.read_bytes()
        except OSError as error:
            raise UserError(f"« {file} » ne se lit pas : {error.strerror}.") from error
        row = exchange.read(content, by=None)
        read = counted(len(row.figures), "chiffre lu", "chiffres lus")
        self.stdout.write(f"{row} : {read}. Empreinte de sa clé : {fingerprint(row.key)}.")
