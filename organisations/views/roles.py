"""« Rôles et droits »: the table of permissions, printed from the code that applies it."""

from django.views import View

from core.pages import SIGNED_IN, Page, PermissionRequired
from organisations.enums import Role
from organisations.permissions import GRANTABLE_ROLES, ROLE_PERMISSIONS, Permission


class RolesPage(PermissionRequired, Page, View):
    permission = SIGNED_IN
    template_name = "organisations/roles.html"
    title = "Rôles et droits"

    def get(self, request):
        rows = [(right.label, [right in ROLE_PERMISSIONS[role] for role in Role]) for right in Permission]
        grants = [
            (giver.label, [role.label for role in Role if role in given]) for giver, given in GRANTABLE_ROLES.items()
        ]
        return self.render(roles=list(Role), rows=rows, grants=grants)
