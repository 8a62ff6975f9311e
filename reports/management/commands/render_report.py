"""Render the annual report of a site: `manage.py render_report --unit 38 --year 2022 --output bilan.pdf`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from organisations.models import Unit
from reports.rendering.pdf import MissingLibraryError
from reports.rendering.report import render
from reports.services.annual_reports import open_report


class Command(BaseCommand):
    help = "Produit le bilan qualité d’un site en PDF."

    def add_arguments(self, parser):
        parser.add_argument("--unit", required=True, help="code du site")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--output", required=True, type=Path, help="fichier à écrire")

    def handle(self, *, unit: str, year: int, output: Path, **options):
        site = Unit.objects.sites().filter(code=unit).first()
        if site is None:
            raise CommandError(f"Aucun site n’a le code « {unit} ».")
        if not output.parent.is_dir():
            raise CommandError(f"Le dossier « {output.parent} » n’existe pas.")
        try:
            pdf, pages = render(open_report(site=site, year=year, by=None))
        except MissingLibraryError as error:
            raise CommandError(str(error)) from error
        partial = output.with_name(output.name + ".partiel")
        partial.write_bytes(pdf)
        partial.replace(output)
        self.stdout.write(f"{output} : {pages} pages.")
