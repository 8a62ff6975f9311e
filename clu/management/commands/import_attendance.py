"""`manage.py import_attendance FILE --unit 13 --committee clu --date 2022-03-10`: who came to a meeting."""

from clu.imports.attendance import AttendanceFile
from clu.management.options import add_place, kind_and_site
from clu.models import AttendanceImport
from core.base.commands import parse_date
from core.importing.command import ImportCommand


class Command(ImportCommand):
    help = "Importe une feuille de présence ; crée la réunion et l’instance si elles manquent."
    kind = AttendanceFile

    def add_arguments(self, parser):
        super().add_arguments(parser)
        add_place(parser)
        parser.add_argument("--date", required=True, help="jour de la réunion, comme 2022-03-10")

    def record_of(self, options):
        kind, site = kind_and_site(options)
        return AttendanceImport(site=site, kind=kind, held_on=parse_date(options["date"], "--date"))
