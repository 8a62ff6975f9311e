"""Accounts, roles and units in the technical administration: read there, changed in the pages that hold the rules.

A superuser, who only exists by command line, may also write: to put right what the rules would not let pass.
"""

from django.contrib import admin

from core.admin import HistoryAdmin
from organisations.models import Membership, Unit, User


@admin.register(User)
class UserAdmin(HistoryAdmin):
    list_display = ("email", "last_name", "first_name", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("email", "last_name", "first_name")
    fields = ("email", "first_name", "last_name", "is_active", "is_superuser", "last_login", "created_at")
    readonly_fields = ("last_login", "created_at")

    def lookup_allowed(self, lookup, value, request):
        """No filter on the password: asked letter by letter, it would give the digest away."""
        return not lookup.startswith("password") and super().lookup_allowed(lookup, value, request)


@admin.register(Membership)
class MembershipAdmin(HistoryAdmin):
    list_display = ("user", "role", "unit", "valid_from", "valid_until")
    list_filter = ("role",)
    list_select_related = ("user", "unit")
    search_fields = ("user__email", "user__last_name", "unit__name")
    autocomplete_fields = ("user", "unit", "delegated_from")


@admin.register(Unit)
class UnitAdmin(HistoryAdmin):
    list_display = ("code", "name", "kind", "active_until")
    list_filter = ("kind",)
    search_fields = ("code", "name")
    autocomplete_fields = ("parent",)
