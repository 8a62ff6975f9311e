"""`manage.py erase_person --email M --unit C --reason R`: names, texts and files go; the figures stay."""

import json

from complaints.services import people
from core.base.commands import FrenchCommand
from core.base.words import counted
from organisations.services.units import unit_coded


class Command(FrenchCommand):
    help = "Efface une personne à sa demande : nom, adresse, textes, fichiers. Les statistiques restent."

    def add_arguments(self, parser):
        parser.add_argument("--email", required=True, help="adresse de la personne")
        parser.add_argument("--unit", required=True, help="code d’un site ou d’un service")
        parser.add_argument("--reason", required=True, help="raison, gardée dans le journal des accès")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *, email: str, unit: str, reason: str, format: str, **options):
        number = people.erase(unit_coded(unit), email, by=None, reason=reason)
        if format == "json":
            self.stdout.write(json.dumps({"complaints": number}))
            return
        self.stdout.write(f"{counted(number, 'dossier')} : la personne est effacée.")
