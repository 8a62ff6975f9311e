"""Load the ready questionnaires: `manage.py load_questionnaires [FILE]`."""

from core.base.commands import FrenchCommand
from surveys.services import questionnaire_loading


class Command(FrenchCommand):
    help = "Charge les questionnaires prêts à l’emploi (JSON) sans toucher à ce qui a été modifié dans l’application."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default=questionnaire_loading.SHIPPED, metavar="FICHIER")
        parser.add_argument("--force", action="store_true", help="remplace aussi ce qui a été modifié à la main")

    def handle(self, *, file, force, **options):
        loader = questionnaire_loading.load(file, force=force)
        self.stdout.write(f"{loader.reason} : {loader.summary}.")
        for line in loader.kept:
            self.stdout.write(f"  laissé : {line}")
