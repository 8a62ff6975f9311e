"""Write the signed exchange file of a site's year: `manage.py write_exchange --unit 38 --year 2022 --output f.json`."""

from pathlib import Path

from core.base.commands import FrenchCommand
from core.base.errors import UserError
from reports.models import AnnualReport
from reports.services import exchange


class Command(FrenchCommand):
    help = "Écrit le fichier d’échange signé d’un site et d’une année, à comparer dans une autre installation."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--year", required=True, type=int, help="année")
        parser.add_argument("--named", action="store_true", help="le nom du site est montré à qui compare")
        parser.add_argument("--output", required=True, type=Path, help="fichier à écrire")

    def handle(self, *, unit: str, year: int, named: bool, output: Path, **options):
        report = AnnualReport.objects.select_related("site").filter(site__code=unit, year=year).first()
        if report is None:
            raise UserError(f"Aucun bilan {year} n’est ouvert pour « {unit} ».")
        content = exchange.write(report, is_named=named)
        try:
            output.write_bytes(content)
        except OSError as error:
            raise UserError(f"« {output} » ne peut pas être écrit : {error.strerror}.") from error
        self.stdout.write(f"{output} : {report.site}, {year}. Empreinte de la clé : {exchange.own_fingerprint()}.")
