"""The technical administration (`/admin/`): accounts and sign-in attempts, for the technical administrator of today."""

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.decorators import method_decorator

from organisations.enums import Role


class AccountsSite(AdminSite):
    """Opened by the role, not by a flag of the account; signs in through the one page where attempts are counted."""

    site_header = site_title = "Administration technique"
    index_title = "Comptes et connexions"

    def has_permission(self, request):
        user = request.user
        return user.is_active and user.is_authenticated and (user.is_superuser or _is_technical(user))

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get("next", reverse("admin:index")))


def _is_technical(user) -> bool:
    return Role.TECHNICAL_ADMIN in user.access.roles
