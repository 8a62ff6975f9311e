"""Who may open a page: 403 without the right, 404 for an object out of scope."""

from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.functional import cached_property

SIGNED_IN = "signed-in"  # the permission of a page open to every person with an account


class Judge(Protocol):
    """What the `scope` of a model answers about one of its rows (the app of the units declares it, see there)."""

    def allows(self, user: Any, permission: Any, row: Any) -> bool:
        """Whether the person may use the permission on a row that they see."""
        ...

    def holds(self, user: Any, permission: Any, row: Any) -> bool:
        """Whether the permission is held on the unit of the row, seen or not: for a deleted one."""
        ...


class Anywhere:
    """The scope of a model that declares none: holding the permission anywhere is enough."""

    def allows(self, user: Any, permission: Any, row: Any) -> bool:
        return user.can(permission)

    def holds(self, user: Any, permission: Any, row: Any) -> bool:
        return False


ANYWHERE = Anywhere()


class PermissionRequired:
    """A view under a permission, held anywhere or, with `get_scope_unit_id`, on that unit."""

    permission: str = ""

    def dispatch(self, request, *args, **kwargs):
        self.check_permission()
        return super().dispatch(request, *args, **kwargs)

    def check_permission(self) -> None:
        if not self.permission:
            raise ImproperlyConfigured(f"{type(self).__name__} names no permission")
        if self.permission == SIGNED_IN:
            return
        self.require(self.permission)
        unit_id = self.get_scope_unit_id()
        if unit_id is not None:
            self.require(self.permission, unit_id)

    def require(self, permission: str, unit_id: int | None = None) -> None:
        if not self.request.user.can(permission, unit_id):
            raise PermissionDenied

    def get_scope_unit_id(self) -> int | None:
        """The unit on which the permission must be held, for a page that is not about one object."""
        return None


class Scoped(PermissionRequired):
    """A view over a queryset, narrowed to what the person may see."""

    queryset: QuerySet
    is_global = False  # True for shared data without scope, such as holiday zones

    def get_queryset(self) -> QuerySet:
        return self.queryset.all()

    def visible(self) -> QuerySet:
        queryset = self.get_queryset()
        if self.is_global:
            return queryset
        if not hasattr(queryset, "visible_to"):
            raise ImproperlyConfigured(f"{type(self).__name__}: no visible_to() on the queryset, nor is_global = True")
        return queryset.visible_to(self.request.user)

    @property
    def model(self) -> type[Model]:
        return self.get_queryset().model

    @property
    def scope(self) -> Judge:
        """Who may act on a row: what its model declares."""
        return getattr(self.model, "scope", ANYWHERE)


class OnObject(Scoped):
    """A view about one object: 404 out of `visible_to`, then 403 where its scope does not allow the permission."""

    lookup_field = "pk"
    is_held_anywhere = False  # True: the object is seen, and where the right is due depends on what is asked

    @cached_property
    def object(self):
        obj = self.find_object()
        if self.permission != SIGNED_IN and not self.is_held_anywhere:
            self.require_on(obj)
        return obj

    def require_on(self, obj) -> None:
        """403 without the permission of the page on that object."""
        if not self.scope.allows(self.request.user, self.permission, obj):
            raise PermissionDenied

    def find_object(self):
        found = self.visible().filter(**{self.lookup_field: self.kwargs[self.lookup_field]}).first()
        if found is None:
            raise Http404
        return found

    def allows(self, permission: str) -> bool:
        """Whether the person may use another permission on the object."""
        return not permission or self.scope.allows(self.request.user, permission, self.object)
