"""`manage.py import_training FILE --unit 38`: agents, sessions or tutoring agreements, known by their headings."""

from core.importing.command import ImportCommand
from training.imports.kind import TrainingFile
from training.management.units import unit_of
from training.models import TrainingImport
from training.services import themes


class Command(ImportCommand):
    help = "Importe un suivi de formation : agents, sessions ou conventions de tutorat, reconnus à leurs titres."
    kind = TrainingFile

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument("--unit", required=True, help="code de l’unité, comme 38")

    def record_of(self, options):
        unit = unit_of(options["unit"])
        themes.load()
        return TrainingImport(unit=unit)
