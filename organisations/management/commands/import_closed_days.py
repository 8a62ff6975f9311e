"""`manage.py import_closed_days FILE --unit 13`: the closed days of a site, from a table of days or periods."""

from core.importing.command import ImportCommand
from organisations.imports.closed_days import ClosedDaysFile
from organisations.models import ClosedDayImport
from organisations.services.units import site_coded


class Command(ImportCommand):
    help = "Importe les jours de fermeture d’un site depuis un tableau (jour ou période, raison)."
    kind = ClosedDaysFile

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--unit", required=True, help="code du site, comme 13-aix")

    def record_of(self, options):
        return ClosedDayImport(site=site_coded(options["unit"]))
