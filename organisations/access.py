"""What a person may see and do today, worked out once per request from the memberships in force."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from organisations.enums import Role
from organisations.permissions import ROLE_PERMISSIONS, Permission


class Access:
    """The rights of one user: each permission with the identifiers of the units it covers, subtrees included."""

    def __init__(self, memberships: Iterable[tuple[str, set[int]]], *, on: date):
        self.on = on
        self.roles: set[Role] = set()
        self.visible_unit_ids: set[int] = set()
        self._units: dict[Permission, set[int]] = defaultdict(set)
        for role, unit_ids in memberships:
            self.roles.add(Role(role))
            self.visible_unit_ids |= unit_ids
            for permission in ROLE_PERMISSIONS[Role(role)]:
                self._units[permission] |= unit_ids

    def units_with(self, permission: Permission) -> set[int]:
        """Identifiers of the units on which the permission is held."""
        return self._units.get(permission, set())

    def can(self, permission: Permission, unit_id: int | None = None) -> bool:
        """Whether the permission is held on the unit, or on any unit when none is given."""
        units = self.units_with(permission)
        return bool(units) if unit_id is None else unit_id in units
