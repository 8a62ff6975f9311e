"""What the pages over shared referentials have in common: everyone with the right reads, few write."""

from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property

from organisations.permissions import Permission
from referential.scope import decides

LIST = [("Référentiels", "referential:referentials")]


class SharedPage:
    """A page over data common to all préfectures."""

    permission = Permission.REFERENTIAL_VIEW

    @cached_property
    def may_edit(self) -> bool:
        return decides(self.request.user)

    def check_permission(self) -> None:
        super().check_permission()
        if self.permission == Permission.REFERENTIAL_EDIT and not self.may_edit:
            raise PermissionDenied

    def may(self, permission: str) -> bool:
        if permission == Permission.REFERENTIAL_EDIT:
            return self.may_edit
        return not permission or self.request.user.can(permission)
