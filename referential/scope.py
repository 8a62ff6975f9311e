"""Referentials are national texts: common to all who may read them, changed with the right on a whole préfecture."""

from typing import Any

from organisations.permissions import Permission
from organisations.scope import Scope, holds_a_root

EDIT = Permission.REFERENTIAL_EDIT


def decides(user: Any, row: Any = None) -> bool:
    """Whether the person changes what is common to all (docs/adr/0007)."""
    return holds_a_root(user, EDIT)


COMMON = Scope(Permission.REFERENTIAL_VIEW, unit=None, acts={EDIT: decides})
