"""`manage.py import_complaints FILE --unit 13-aix`: a tracking table of complaints as a service keeps it."""

from complaints.imports.register import ComplaintsFile
from complaints.models import ComplaintImport
from core.importing.command import ImportCommand
from organisations.services.units import site_coded


class Command(ImportCommand):
    help = "Importe un registre de réclamations et suggestions (tableau de suivi d’un service, expériences SP+)."
    kind = ComplaintsFile

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--unit", required=True, help="code du site, comme 13-aix")

    def record_of(self, options):
        return ComplaintImport(site=site_coded(options["unit"]))
