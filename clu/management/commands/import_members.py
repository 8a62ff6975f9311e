"""`manage.py import_members FILE --unit 13 --committee clu`: the members of a committee, from the list of an arrêté."""

from clu.imports.members import MembersFile
from clu.management.options import add_place, kind_and_site
from clu.models import MembersImport
from core.importing.command import ImportCommand


class Command(ImportCommand):
    help = "Importe les membres d’une instance (organisme, titulaire, suppléant, dates) ; la crée si elle manque."
    kind = MembersFile

    def add_arguments(self, parser):
        super().add_arguments(parser)
        add_place(parser)

    def record_of(self, options):
        kind, site = kind_and_site(options)
        return MembersImport(site=site, kind=kind)
