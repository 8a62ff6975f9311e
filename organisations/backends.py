"""Rights in the technical administration: what a technical administrator may see there comes from the role of today."""

from django.contrib.auth.backends import ModelBackend

from organisations.enums import Role

TECHNICAL_PERMISSIONS = frozenset(
    {
        "organisations.view_user",
        "organisations.view_membership",
        "organisations.view_unit",
        "axes.view_accessattempt",
        "axes.delete_accessattempt",  # to lift a suspension
        "axes.view_accesslog",
        "axes.view_accessfailurelog",
    }
)


class RoleBackend(ModelBackend):
    """Sign-in by e-mail and password; model permissions by role instead of rows in the database."""

    def get_all_permissions(self, user_obj, obj=None):
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if user_obj.is_superuser:
            return super().get_all_permissions(user_obj, obj)
        return set(TECHNICAL_PERMISSIONS) if Role.TECHNICAL_ADMIN in user_obj.access.roles else set()

    def has_perm(self, user_obj, perm, obj=None):
        return user_obj.is_active and perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj, app_label):
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions(user_obj))
