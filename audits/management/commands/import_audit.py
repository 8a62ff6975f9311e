"""`manage.py import_audit FILE --unit 13-aix --kind internal --on 2020-01-14`: the grid or the findings of an audit."""

from audits.enums import AuditKind
from audits.imports.audit_file import AuditFile
from audits.management.sites import site_of
from audits.models import AuditImport
from core.base.commands import parse_date
from core.importing.command import ImportCommand


class Command(ImportCommand):
    help = "Importe la grille ou les constats d’un audit ; l’audit est créé s’il manque."
    kind = AuditFile

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--unit", required=True, help="code du site, comme 13-aix")
        parser.add_argument("--kind", required=True, choices=AuditKind.values, help="nature de l’audit")
        parser.add_argument("--on", required=True, help="jour de l’audit, comme 2020-01-14")

    def record_of(self, options):
        return AuditImport(
            site=site_of(options["unit"]), kind=options["kind"], audit_on=parse_date(options["on"], "--on")
        )
