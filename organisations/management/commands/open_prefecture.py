"""`manage.py open_prefecture`: the first préfecture of an installation and its technical administrator."""

from django.db import transaction
from django.utils import timezone

from core.base.commands import FrenchCommand
from core.services.calendars import zone_named
from organisations.enums import Role, UnitKind
from organisations.links import INVITATION_DAYS, invitation_link
from organisations.services import accounts, units


class Command(FrenchCommand):
    help = "Crée une préfecture et invite son administrateur technique, par courriel et par un lien affiché."

    def add_arguments(self, parser):
        parser.add_argument("--code", required=True, help="code de la préfecture, comme 13")
        parser.add_argument("--name", required=True, help="nom complet")
        parser.add_argument("--zone", default="metropole", help="zone de jours fériés (metropole)")
        parser.add_argument("--email", required=True, help="adresse de l’administrateur technique")
        parser.add_argument("--first-name", required=True)
        parser.add_argument("--last-name", required=True)

    def handle(self, *, code, name, zone, email, first_name, last_name, **options):
        today = timezone.localdate()
        with transaction.atomic():
            unit = units.create(
                code=code,
                name=name,
                kind=UnitKind.PREFECTURE,
                parent=None,
                holiday_zone=zone_named(zone),
                active_from=today,
                by=None,
                reason="Ouverture",
            )
            user = accounts.open_account(
                email=email,
                first_name=first_name,
                last_name=last_name,
                unit=unit,
                role=Role.TECHNICAL_ADMIN,
                valid_from=today,
                by=None,
                reason="Ouverture",
            )
        if user.has_usable_password():
            self.stdout.write(f"« {unit} » est créée ; {email}, qui a déjà un compte, l’administre.")
            return
        self.stdout.write(f"« {unit} » est créée ; une invitation part à {email}.")
        self.stdout.write(f"Sans courriel, ouvrez ce lien, qui vaut {INVITATION_DAYS} jours : {invitation_link(user)}")
