"""Who may change what all préfectures share (see docs/adr: shared data)."""

from organisations.models import Unit
from organisations.permissions import Permission


def may_edit(user) -> bool:
    """Referentials are national texts, read by all: editing them takes the right on a whole préfecture."""
    return bool(user.access.units_with(Permission.REFERENTIAL_EDIT) & root_ids())


def root_ids() -> set[int]:
    """Identifiers of the units without parent: a préfecture, or the office that hosts them all."""
    return set(Unit.objects.filter(parent__isnull=True).values_list("pk", flat=True))
