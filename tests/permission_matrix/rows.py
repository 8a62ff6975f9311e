"""A row of the matrix, and what it expects of each role."""

from collections.abc import Callable
from dataclasses import dataclass

from organisations.enums import Role
from organisations.permissions import roles_with
from tests.permission_matrix.world import World

PUBLIC = "public"
SIGNED_IN = "signed-in"

FORM_SHOWN_DONE_OR_NO_POST = frozenset({200, 302, 405})


@dataclass(frozen=True)
class Row:
    """See the docstring of the package."""

    permission: str
    at: Callable[[World, str], dict] | None = None
    get: int = 200
    post: frozenset[int] | set[int] = FORM_SHOWN_DONE_OR_NO_POST
    shared: bool = False
    roles: frozenset[Role] | set[Role] | None = None
    query: str = ""
    without: frozenset[int] | set[int] = frozenset({403})  # 404 too where the object cannot even be seen

    def allowed_roles(self) -> set[Role]:
        if self.roles is not None:
            return set(self.roles)
        return set(Role) if self.permission in {PUBLIC, SIGNED_IN} else set(roles_with(self.permission))

    def get_expected(self, role: Role, place: str) -> set[int]:
        return self._expected(role, place, {self.get})

    def post_expected(self, role: Role, place: str) -> set[int]:
        return self._expected(role, place, set(self.post))

    def places(self, all_places: tuple[str, ...]) -> tuple[str, ...]:
        return all_places if self.at and not self.shared else all_places[:1]

    def _expected(self, role: Role, place: str, allowed: set[int]) -> set[int]:
        inside = place == "own" or self.shared or self.permission == PUBLIC
        if role not in self.allowed_roles():
            return set(self.without) if inside else {403, 404} | ({405} & self.without)
        return allowed if inside else {404} | ({405} & (allowed | {self.get}))  # a closed method tells nothing
