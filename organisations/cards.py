"""The first steps of a new installation: its units, and those who work there."""

from django.utils import timezone

from core.base.home import FirstStep, first_steps
from organisations.enums import SITE_KINDS, Role
from organisations.models import Membership, Unit
from organisations.permissions import Permission

ADMINISTRATOR = "l’administrateur technique ou le référent qualité"
WHO_ENTERS = (Role.HEAD_OF_SERVICE, Role.CONTRIBUTOR)


def _services(units):
    return Unit.objects.filter(pk__among=units).exclude(kind__in=SITE_KINDS)


def _people(units):
    return Membership.objects.in_force(timezone.localdate()).filter(unit__among=units, role__in=WHO_ENTERS)


def register() -> None:
    """Register the steps with the home page."""
    for position, step in enumerate(
        (
            ("units", "Créer les services", "Sous chaque site, les services qui saisissent ou répondent d’une action.",
             Permission.UNIT_EDIT, ADMINISTRATOR, "organisations:unit-create", "Créer un service", _services),
            ("people", "Inviter les chefs de service", "Chacun avec son rôle, dans son service.",
             Permission.ACCOUNT_EDIT, ADMINISTRATOR, "organisations:account-create", "Inviter une personne", _people),
        ),
        start=1,
    ):  # fmt: skip
        first_steps.register(FirstStep(*step, position=position * 10))
