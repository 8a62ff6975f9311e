"""Render the annual report of a site: `manage.py render_report --unit 38 --year 2022 --output bilan.pdf`."""

from pathlib import Path

from core.commands import FrenchCommand
from core.errors import UserError
from core.pdf import MissingLibraryError
from organisations.models import Unit
from reports.rendering.report import render
from reports.services.annual_reports import open_report


class Command(FrenchCommand):
    help = "Produit le bilan qualité d’un site en PDF ; ce qui n’est pas mesuré y est dit, l’année sans donnée aussi."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--year", required=True, type=int, help="année du bilan")
        parser.add_argument("--output", required=True, type=Path, help="fichier à écrire")

    def handle(self, *, unit: str, year: int, output: Path, **options):
        site = Unit.objects.sites().filter(code=unit).first()
        if site is None:
            raise UserError(f"Aucun site n’a le code « {unit} ».")
        if not output.parent.is_dir():
            raise UserError(f"Le dossier « {output.parent} » n’existe pas.")
        if output.is_dir():
            raise UserError(f"« {output} » est un dossier : donnez le nom du fichier à écrire.")
        try:
            pdf, pages = render(open_report(site=site, year=year, by=None))
        except MissingLibraryError as error:
            raise UserError(str(error)) from error
        _write_whole(output, pdf)
        self.stdout.write(f"{output} : {pages} pages.")


def _write_whole(output: Path, content: bytes) -> None:
    """The file appears whole or not at all, whatever happens meanwhile."""
    partial = output.with_name(f"{output.name}.partiel")
    try:
        partial.write_bytes(content)
        partial.replace(output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UserError(f"« {output} » ne peut pas être écrit : {error.strerror}.") from error
