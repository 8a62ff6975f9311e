"""`manage.py import_documents FILE --unit 13-aix`: the register of documents of a site."""

from audits.imports.document_file import DocumentsFile
from audits.management.sites import site_of
from audits.models import DocumentImport
from core.importing.command import ImportCommand


class Command(ImportCommand):
    help = "Importe le registre documentaire d’un site (fiches, guides, affiches, pages du site internet)."
    kind = DocumentsFile

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--unit", required=True, help="code du site, comme 13-aix")

    def record_of(self, options):
        return DocumentImport(site=site_of(options["unit"]))
