"""The scope of a model: who sees its rows, and where acting on one is judged, said once (docs/adr/0012).

    class CollectionPoint(models.Model):
        objects = ScopedQuerySet.as_manager()
        scope = Scope.through("campaign")

gives `objects.visible_to(user)`, the checks of the pages about one row (`core.pages.access`), the rights of a job about
it (`for_job`), and the expected cells of the permission matrix.
"""

from collections.abc import Callable, Collection, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any, Protocol, Self, TypeVar

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from core.base.among import Keys
from core.record import history
from organisations.access import Access
from organisations.enums import Role
from organisations.permissions import Permission, roles_with


class Person(Protocol):
    """Who asks: what a scope reads of an account."""

    pk: int

    @property
    def access(self) -> Access: ...

    def can(self, permission: Permission, unit_id: int | None = None) -> bool: ...

    def sites_with(self, permission: Permission) -> set[int]: ...


Rows = TypeVar("Rows", bound=QuerySet)
Judgement = Callable[[Any, Any], bool]  # (person, row)


def _nothing(user: Any, permission: Permission, row: Any) -> bool:
    return False


@dataclass(frozen=True)
class Own:
    """What is one's own beside the units: its rows as a condition, and which permissions that gives on such a row.

    `lets` is asked of a row that the person sees, for a permission held somewhere.
    """

    rows: Callable[[Any], Q]
    lets: Callable[[Any, Permission, Any], bool] = _nothing


@dataclass(frozen=True)
class Hidden:
    """Rows that do not show themselves to those of the unit, unless they hold a permission on it."""

    rows: Callable[[Any], Q]
    unless: Permission


class Scope:
    """Who sees the rows of a model, with which permission, through which path to a unit.

    view: the permission with which a row is seen, held on its unit.
    unit: the path from the row to its unit (`campaign__site`, `pk` for a unit); None for rows of no unit, which are
        common to all who hold `view`, or each one's own when `own` says which.
    from_below: permissions that, held in a service, reach its site.
    shared: rows without unit are common to all who hold `view` anywhere.
    own, hidden: see `Own` and `Hidden`.
    acts: where a permission is judged elsewhere: another path, the first of several that leads to a unit, or a
        function `(user, row) -> bool`.
    """

    model: type[Model]

    def __init__(
        self,
        view: Permission,
        *,
        unit: str | None = "site",
        from_below: Collection[Permission] = (),
        shared: bool = False,
        own: Own | None = None,
        hidden: Hidden | None = None,
        acts: Mapping[Permission, str | tuple[str, ...] | Judgement] | None = None,
    ):
        self.view = view
        self.unit = unit
        self.from_below = frozenset(from_below)
        self.shared = shared
        self.own = own
        self.hidden = hidden
        self.acts = dict(acts or {})

    @classmethod
    def through(cls, *paths: str) -> "Through":
        """The scope of rows that belong to a row of another scoped model: seen and acted upon as that one is."""
        return Through(*paths)

    def contribute_to_class(self, model: type[Model], name: str) -> None:
        """Know the model whose attribute this is; one scope may be that of several."""
        bound = copy(self)
        bound.model = model
        setattr(model, name, bound)

    # What is seen -------------------------------------------------------------------------------------------------
    def visible(self, rows: Rows, user: Any) -> Rows:
        """The rows that the person sees."""
        if self.unit is None and self.own is None:
            return rows if user.can(self.view) else rows.none()
        seen = self._of_units(user, self._units(user, self.view), self.view)
        if self.own:
            seen |= self.own.rows(user)
        if self.hidden:
            unless = self.hidden.unless
            known = ~self.hidden.rows(user) | self._of_units(user, self._units(user, unless), unless)
            return rows.filter(seen & known)
        return rows.filter(seen)

    def viewers(self, *, is_hidden: bool = False) -> set[Role]:
        """The roles that see a row of the unit in which they are held, or one of those `hidden` tells."""
        roles = set(roles_with(self.view))
        return roles & set(roles_with(self.hidden.unless)) if self.hidden and is_hidden else roles

    def is_common(self, row: Any) -> bool:
        """Whether the row belongs to no unit, and so to all who hold `view` anywhere."""
        return (self.shared or self.unit is None) and self.unit_id(row) is None

    # Who may act --------------------------------------------------------------------------------------------------
    def allows(self, user: Any, permission: Permission, row: Any) -> bool:
        """Whether the person may use the permission on a row that they see."""
        act = self.acts.get(permission)
        if callable(act):
            return act(user, row)
        unit_id = self.unit_id(row, permission)
        if unit_id is None:
            return user.can(permission)
        if self.reaches(user, permission, unit_id):
            return True
        return self.own is not None and user.can(permission) and self.own.lets(user, permission, row)

    def holds(self, user: Any, permission: Permission, row: Any) -> bool:
        """Whether the permission is held on the unit of the row: for a deleted one, which nobody sees any more."""
        unit_id = self.unit_id(row, permission)
        return unit_id is not None and self.reaches(user, permission, unit_id)

    def reaches(self, user: Any, permission: Permission, unit_id: int) -> bool:
        """Whether the permission is held on the unit, or in one of its services for those that reach it from below."""
        if permission in self.from_below:
            return unit_id in user.sites_with(permission)
        return user.can(permission, unit_id)

    def unit_id(self, row: Any, permission: Permission | None = None) -> int | None:
        """The unit on which a permission (`view` by default) is judged for the row; None when there is none."""
        act = self.acts.get(permission or self.view, self.unit)
        paths = (act,) if isinstance(act, str) else act if isinstance(act, tuple) else ()
        return next((found for path in paths if (found := _unit_at(row, path)) is not None), None)

    def for_job(self, parameter: str, permission: Permission) -> Callable[[Any, Any], bool]:
        """Whether (user, job) may use the permission on the row whose key is that parameter of the job."""

        def may(user: Any, job: Any) -> bool:
            key = job.parameters.get(parameter)
            if self.unit == "pk":
                return self.reaches(user, permission, key)
            row = self.visible(self.model._default_manager.filter(pk=key), user).first()
            return row is not None and self.allows(user, permission, row)

        return may

    def _units(self, user: Any, permission: Permission) -> set[int]:
        return user.sites_with(permission) if permission in self.from_below else user.access.units_with(permission)

    def _of_units(self, user: Any, units: set[int], permission: Permission) -> Q:
        if self.unit is None:
            return Q(pk__in=())
        found = Q(**{f"{self.unit}__among": Keys(units)})
        return found | Q(**{f"{self.unit}__isnull": True}) if self.shared and user.can(permission) else found


class Through(Scope):
    """The scope of rows that belong to a row of another scoped model; with several paths, all of them are seen."""

    def __init__(self, *paths: str):
        self.paths = paths
        self.unit = None  # the parent knows the way

    def visible(self, rows: Rows, user: Any) -> Rows:
        seen = self._parent_model().objects.visible_to(user)
        return rows.filter(**{f"{path}__in": seen for path in self.paths})

    def viewers(self, *, is_hidden: bool = False) -> set[Role]:
        return self.parent.viewers(is_hidden=is_hidden)

    def is_common(self, row: Any) -> bool:
        return self.parent.is_common(self.parent_of(row))

    def allows(self, user: Any, permission: Permission, row: Any) -> bool:
        return self.parent.allows(user, permission, self.parent_of(row))

    def holds(self, user: Any, permission: Permission, row: Any) -> bool:
        return self.parent.holds(user, permission, self.parent_of(row))

    def unit_id(self, row: Any, permission: Permission | None = None) -> int | None:
        return self.parent.unit_id(self.parent_of(row), permission)

    @property
    def view(self) -> Permission:  # type: ignore[override]  # of the parent, which is known once models are loaded
        """The permission with which the parent is seen."""
        return self.parent.view

    @property
    def parent(self) -> Scope:
        return self._parent_model().scope

    def parent_of(self, row: Any) -> Any:
        for name in self.paths[0].split("__"):
            row = history.related(row, name)
        return row

    def _parent_model(self) -> Any:
        model: Any = self.model
        for name in self.paths[0].split("__"):
            model = model._meta.get_field(name).related_model
        return model


class ScopedQuerySet(QuerySet):
    """Rows of a model that has a `scope`."""

    def visible_to(self, user: Any) -> Self:
        """The rows that the person sees."""
        model: Any = self.model
        return model.scope.visible(self, user)


def holds_a_root(user: Any, permission: Permission) -> bool:
    """Whether the permission is held on a whole préfecture."""
    return bool(user.access.units_with(permission) & _root_ids())


def holds_every_root(user: Any, permission: Permission) -> bool:
    """Whether the permission is held on the whole installation."""
    roots = _root_ids()
    return bool(roots) and roots <= user.access.units_with(permission)


def _root_ids() -> set[int]:
    units = apps.get_model("organisations", "Unit")._default_manager.filter(parent__isnull=True)
    return set(units.values_list("pk", flat=True))


def _unit_at(row: Any, path: str) -> int | None:
    """The key of the unit at the end of the path; None for an empty relation, or one that leads to several."""
    *way, last = path.split("__")
    for name in way:
        if row is None or row._meta.get_field(name).auto_created:
            return None
        row = history.related(row, name)
    if row is None or last == "pk":
        return row and row.pk
    return getattr(row, row._meta.get_field(last).attname)
