"""Load referential files: `manage.py load_referential FILE`; without a file, all those shipped with the application."""

from django.core.management.base import CommandError

from core.base.commands import FrenchCommand
from core.base.errors import UserError
from referential.services import loading


class Command(FrenchCommand):
    help = "Charge un référentiel (JSON) sans toucher à ce qui a été modifié dans l’application."

    def add_arguments(self, parser):
        parser.add_argument("files", nargs="*", metavar="FICHIER", help="sans fichier : les référentiels fournis")
        parser.add_argument("--force", action="store_true", help="remplace aussi ce qui a été modifié à la main")

    def handle(self, *, files, force, **options):
        try:
            loaders = loading.load_all(files or loading.SHIPPED, force=force)
        except UserError as error:
            raise CommandError(str(error)) from None
        for loader in loaders:
            self.stdout.write(f"{loader.reason} : {loader.summary}.")
            for line in loader.kept:
                self.stdout.write(f"  laissé : {line}")
