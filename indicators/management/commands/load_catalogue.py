"""Load the catalogue of indicators: `manage.py load_catalogue [FILE]`."""

from django.core.management.base import CommandError

from core.base.commands import FrenchCommand
from core.base.errors import UserError
from indicators.services import catalogue_loading


class Command(FrenchCommand):
    help = "Charge le catalogue d’indicateurs (JSON) sans toucher à ce qui a été modifié dans l’application."

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default=catalogue_loading.SHIPPED, metavar="FICHIER")
        parser.add_argument("--force", action="store_true", help="remplace aussi ce qui a été modifié à la main")

    def handle(self, *, file, force, **options):
        try:
            loader = catalogue_loading.load(file, force=force)
        except UserError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{loader.reason} : {loader.summary}.")
        for line in loader.kept:
            self.stdout.write(f"  laissé : {line}")
