"""Render a paper of a site's year: `manage.py render_report --unit 38 --year 2022 --output bilan.pdf|.html|.odt`."""

from pathlib import Path

from core.base.commands import FrenchCommand
from core.base.errors import UserError
from organisations.models import Unit
from reports.rendering.formats import format_for
from reports.rendering.papers import PAPERS
from reports.services.annual_reports import open_report


class Command(FrenchCommand):
    help = (
        "Produit le bilan qualité d’un site, sa plaquette, l’affiche Transparence ou celle des résultats de l’enquête, "
        "en PDF, HTML ou ODT ; ce qui n’est pas mesuré y est dit."
    )

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--year", required=True, type=int, help="année du bilan")
        parser.add_argument("--document", default="bilan", choices=PAPERS, help="bilan (par défaut)")
        parser.add_argument("--output", required=True, type=Path, help="fichier à écrire")

    def handle(self, *, unit: str, year: int, output: Path, document: str, **options):
        site = Unit.objects.sites().filter(code=unit).first()
        if site is None:
            raise UserError(f"Aucun site n’a le code « {unit} ».")
        if not output.parent.is_dir():
            raise UserError(f"Le dossier « {output.parent} » n’existe pas.")
        if output.is_dir():
            raise UserError(f"« {output} » est un dossier : donnez le nom du fichier à écrire.")
        rendered = format_for(output)
        content, size = rendered(open_report(site=site, year=year, by=None), PAPERS[document])
        _write_whole(output, content)
        self.stdout.write(f"{output} : {size}.")


def _write_whole(output: Path, content: bytes) -> None:
    """The file appears whole or not at all, whatever happens meanwhile."""
    partial = output.with_name(f"{output.name}.partiel")
    try:
        partial.write_bytes(content)
        partial.replace(output)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise UserError(f"« {output} » ne peut pas être écrit : {error.strerror}.") from error
