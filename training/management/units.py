"""The unit that a command names."""

from core.base.errors import UserError
from organisations.models import Unit


def unit_of(code: str) -> Unit:
    """The unit of a code. UserError when there is none."""
    unit = Unit.objects.select_related("parent__parent__parent").filter(code=code).first()
    if unit is None:
        raise UserError(f"Aucune unité n’a le code « {code} ».")
    return unit
