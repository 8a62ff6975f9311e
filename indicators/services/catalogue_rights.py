"""Whose figures a person decides: nobody changes those of a site they do not answer for (docs/adr/0007)."""

from indicators.scope import EDIT
from organisations.models import Unit
from organisations.scope import holds_every_root


def may_edit_everything(user) -> bool:
    """Whether the person answers for the whole installation, and so may add to what is common to all."""
    return holds_every_root(user, EDIT)


def editable_sites(user):
    """The sites whose targets and assignments the person decides."""
    return Unit.objects.sites().filter(pk__in=user.access.units_with(EDIT))
