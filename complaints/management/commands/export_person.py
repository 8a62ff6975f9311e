"""`manage.py export_person --email M --unit C`: all that is kept of a person, as JSON."""

import json

from complaints.services import people
from core.base.commands import FrenchCommand
from organisations.services.units import unit_coded


class Command(FrenchCommand):
    help = "Exporte ce qui est gardé d’une personne : ses messages, les réponses, les dates."

    def add_arguments(self, parser):
        parser.add_argument("--email", required=True, help="adresse de la personne")
        parser.add_argument("--unit", required=True, help="code d’un site ou d’un service")
        parser.add_argument("--format", choices=["json"], default="json")

    def handle(self, *, email: str, unit: str, **options):
        found = people.export(unit_coded(unit), email, by=None)
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
