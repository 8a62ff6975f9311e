"""What a person may see and do today, worked out once per request from the memberships in force."""

from collections import defaultdict
from collections.abc import Iterable, Set
from datetime import date
from typing import NamedTuple

from organisations.enums import Role
from organisations.permissions import GRANTABLE_ROLES, MANDATE_MORE, NOT_DELEGATED, ROLE_PERMISSIONS, Permission


class Grant(NamedTuple):
    """A membership in force: its role, the identifiers of the units it covers, whether it is held by delegation,
    the unit it is held in, at the top of those, and whether the mandate lets names be read."""

    role: Role
    unit_ids: Set[int]
    is_delegated: bool = False
    unit_id: int | None = None
    reads_names: bool = False


class Access:
    """The rights of one user: each permission with the identifiers of the units it covers, subtrees included."""

    def __init__(self, grants: Iterable[Grant], *, on: date):
        self.on = on
        self.roles: set[Role] = set()
        self.visible_unit_ids: set[int] = set()
        self._units: dict[Permission, set[int]] = defaultdict(set)
        self._roots: dict[Permission, set[int]] = defaultdict(set)
        self._held: dict[Role, set[int]] = defaultdict(set)
        self._grantable: dict[Role, set[int]] = defaultdict(set)
        alike: dict[tuple[Role, bool, bool], list[Grant]] = defaultdict(list)
        for grant in grants:
            alike[Role(grant.role), grant.is_delegated, grant.reads_names].append(grant)
        for (role, is_delegated, reads_names), same in alike.items():
            units = set().union(*(grant.unit_ids for grant in same))
            roots = {grant.unit_id for grant in same if grant.unit_id}
            self._add(role, units, roots, is_delegated=is_delegated, reads_names=reads_names)

    def units_with(self, permission: Permission) -> set[int]:
        """Identifiers of the units on which the permission is held."""
        return self._units.get(permission, set())

    def roots_with(self, permission: Permission) -> set[int]:
        """Identifiers of the units in which the permission was given, without those below."""
        return self._roots.get(permission, set())

    def units_as(self, roles: Iterable[Role]) -> set[int]:
        """Identifiers of the units that one of these roles covers."""
        return set().union(*(self._held.get(Role(role), set()) for role in roles))

    def can(self, permission: Permission, unit_id: int | None = None) -> bool:
        """Whether the permission is held on the unit, or on any unit when none is given."""
        units = self.units_with(permission)
        return bool(units) if unit_id is None else unit_id in units

    def can_grant(self, role: str, unit_id: int) -> bool:
        """Whether the role may be given to somebody else on that unit."""
        return unit_id in self._grantable.get(Role(role), set())

    def grantable_roles(self) -> list[Role]:
        """The roles that may be given somewhere."""
        return [role for role in Role if self._grantable.get(role)]

    def _add(self, role: Role, units: set[int], roots: set[int], *, is_delegated: bool, reads_names: bool) -> None:
        """The rights of one role, held in the same way in these units."""
        self.roles.add(role)
        self._held[role] |= units
        self.visible_unit_ids |= units
        held = ROLE_PERMISSIONS[role] | (MANDATE_MORE if reads_names else frozenset())
        for permission in held - (NOT_DELEGATED if is_delegated else frozenset()):
            self._units[permission] |= units
            self._roots[permission] |= roots
        if not is_delegated:
            for given in GRANTABLE_ROLES.get(role, ()):
                self._grantable[given] |= units
