"""What the pages over shared referentials have in common: everyone with the right reads, few write."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property

from organisations.permissions import Permission
from referential.services import shared

LIST = [("Référentiels", "referential:referentials")]


class SharedPage:
    """A page over data common to all préfectures."""

    permission = Permission.REFERENTIAL_VIEW

    @cached_property
    def may_edit(self) -> bool:
        return shared.may_edit(self.request.user)

    def check_permission(self) -> None:
        super().check_permission()
        if self.permission == Permission.REFERENTIAL_EDIT and not self.may_edit:
            raise PermissionDenied

    def allows(self, permission: str) -> bool:
        return self.may_edit if permission == Permission.REFERENTIAL_EDIT else self.may(permission)

    def may(self, permission: str) -> bool:
        if permission == Permission.REFERENTIAL_EDIT:
            return self.may_edit
        return not permission or self.request.user.can(permission)

    def parent_of(self, queryset, **lookup):
        """The object a new one is added to; 404 when the person may not see it."""
        return get_object_or_404(queryset.visible_to(self.request.user), **lookup)
