"""`manage.py import_directory FILE --unit 13`: the services of a site and the people who hold roles there."""

from core.importing.command import ImportCommand
from organisations.imports.directory import DirectoryFile
from organisations.models import DirectoryImport
from organisations.services.units import site_coded


class Command(ImportCommand):
    help = "Importe les services d’un site et les personnes qui y ont un rôle."
    kind = DirectoryFile

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--unit", required=True, help="code du site, comme 13")

    def record_of(self, options):
        return DirectoryImport(site=site_coded(options["unit"]))
