"""Load the themes of the referential that are missing, with their delays: `manage.py load_themes`."""

from core.base.commands import FrenchCommand
from core.base.words import counted
from training.services import themes


class Command(FrenchCommand):
    help = "Charge les thèmes de formation livrés qui manquent, avec leurs délais, sans toucher à ceux qui sont là."

    def handle(self, **options):
        created = themes.load()
        self.stdout.write(f"{themes.REASON} : {counted(len(created), 'créé')}.")
