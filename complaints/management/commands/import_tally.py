"""`manage.py import_tally FILE --unit 13-aix`: strokes counted at desks and on the telephone."""

from complaints.imports.tally import TallyFile
from complaints.management.commands import import_complaints
from complaints.models import TallyImport
from organisations.services.units import site_coded


class Command(import_complaints.Command):
    help = "Importe un bâtonnage des remarques orales (jour ou mois, canal, thème, lieu, traits)."
    kind = TallyFile

    def record_of(self, options):
        return TallyImport(site=site_coded(options["unit"]))
