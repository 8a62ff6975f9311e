"""`manage.py import_referential FILE --referential qual-e-ate`: the engagements of a version, from a table."""

from core.base.errors import UserError
from core.importing.command import ImportCommand
from referential.imports import ReferentialFile
from referential.models import Referential, ReferentialImport


class Command(ImportCommand):
    help = "Importe les engagements d’un référentiel : intitulés, preuves attendues, correspondances."
    kind = ReferentialFile

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--referential", required=True, metavar="CODE", help="code du référentiel")

    def record_of(self, options):
        referential = Referential.objects.filter(code=options["referential"]).first()
        if referential is None:
            raise UserError(f"Aucun référentiel n’a le code « {options['referential']} » : ajoutez-le d’abord.")
        return ReferentialImport(referential=referential)
