"""A first step of a new installation: which modules of the referential each site keeps."""

from core.base.home import FirstStep, first_steps
from organisations.permissions import Permission
from referential.models import Perimeter


def _perimeters(units):
    return Perimeter.objects.filter(site__among=units)


def register() -> None:
    """Register the step with the home page."""
    step = (
        "perimeter", "Retenir le périmètre", "Les modules du référentiel que le site applique.",
        Permission.REFERENTIAL_EDIT, "le référent qualité", "referential:perimeter-create",
        "Retenir un module", _perimeters,
    )  # fmt: skip
    first_steps.register(FirstStep(*step, position=30))
