"""A row of the matrix, and what it expects of each role."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Model
from django.urls import reverse

from organisations.enums import Role
from organisations.permissions import roles_with
from tests.permission_matrix.world import World

PUBLIC = "public"
SIGNED_IN = "signed-in"

FORM_SHOWN_DONE_OR_NO_POST = frozenset({200, 302, 405})


class Cell(NamedTuple):
    """A row at a place: its address, and what it expects there of a role."""

    url: str
    role: Role
    place: str
    get: set[int]
    post: set[int]


@dataclass(frozen=True)
class Row:
    """See the docstring of the package."""

    permission: str
    at: Callable[[World, str], Any] | None = None
    get: int = 200
    post: frozenset[int] | set[int] = FORM_SHOWN_DONE_OR_NO_POST
    shared: bool = False
    is_hidden: bool = False
    roles: frozenset[Role] | set[Role] | None = None
    query: str = ""

    def places(self, all_places: tuple[str, ...]) -> tuple[str, ...]:
        return all_places if self.at and not self.shared else all_places[:1]

    def cell(self, name: str, parameters: list[str], world: World, role: Role, place: str) -> Cell:
        """The row at a place; its object is made on the way."""
        found, kwargs = self.found(world, place)
        if isinstance(found, Model):
            kwargs = {key: _attribute(found, key) for key in parameters if key not in kwargs} | kwargs
        url = reverse(name.split("(", maxsplit=1)[0], kwargs=kwargs) + self.query
        get, post = (self.expected(world, found, role, place, allowed) for allowed in ({self.get}, set(self.post)))
        return Cell(url, role, place, get, post)

    def found(self, world: World, place: str) -> tuple[Any, dict]:
        """The object that the page is about, if it is about one, and the other parameters of the address."""
        found = self.at(world, place) if self.at else {}
        if isinstance(found, tuple):
            return found
        return (found, {}) if isinstance(found, Model) else (None, found)

    def expected(self, world: World, found: Any, role: Role, place: str, allowed: set[int]) -> set[int]:
        """Outside the scope of the object 404, inside without the right 403; a closed method tells nothing."""
        closed = {405} & (allowed | {self.get})
        inside = self.permission == PUBLIC or self.is_inside(world, found, place)
        if role not in self.allowed_roles():
            return ({403} if inside else {403, 404}) | (allowed if allowed == {405} else set())
        return allowed if inside and self.sees(found, role) else {404} | closed

    def allowed_roles(self) -> set[Role]:
        if self.roles is not None:
            return set(self.roles)
        return set(Role) if self.permission in {PUBLIC, SIGNED_IN} else set(roles_with(self.permission))

    def is_inside(self, world: World, found: Any, place: str) -> bool:
        """Whether the roles of the world reach what the page is about: by the unit of its scope, else by the place."""
        if self.shared or not hasattr(found, "scope"):
            return self.shared or place == "own"
        unit_id = found.scope.unit_id(found)
        return unit_id in world.own_unit_ids if unit_id else place == "own" or found.scope.is_common(found)

    def sees(self, found: Any, role: Role) -> bool:
        """Whether the role shows the object: others may give the permission of the page too."""
        if self.permission in {PUBLIC, SIGNED_IN} or self.roles is not None or not hasattr(found, "scope"):
            return True
        return role in found.scope.viewers(is_hidden=self.is_hidden)


def _attribute(found: Any, path: str) -> Any:
    for name in path.split("__"):
        found = getattr(found, name)
    return found
