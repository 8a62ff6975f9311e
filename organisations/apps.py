"""Configuration of the organisations app: units, users, roles."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin

from core.registries import MenuItem, menu

GROUP = "Organisation"


class OrganisationsConfig(AppConfig):
    default = True
    name = "organisations"
    verbose_name = "Organisation"

    def ready(self):
        from organisations import jobs, retention  # noqa: F401 - declaring registers

        entries = (
            ("Unités", "organisations:units", "unit_view"),
            ("Comptes", "organisations:accounts", "account_view"),
            ("Rôles et droits", "organisations:roles", ""),
            ("Calendrier", "core:holidays", ""),
            ("Calculer un délai", "organisations:delay", ""),
            ("Sceaux de l’historique", "core:seals", "history_view"),
        )
        for position, (label, url_name, permission) in enumerate(entries, start=80):
            menu.register(MenuItem(label, url_name, permission, position=position, group=GROUP))


class AccountsAdminConfig(admin.AdminConfig):
    """Django's administration, with our site."""

    default = False
    default_site = "organisations.administration.AccountsSite"
