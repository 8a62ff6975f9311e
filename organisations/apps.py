"""Configuration of the organisations app: units, users, roles."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin

from core.base.home import fed_by
from core.base.registries import SETTINGS, MenuItem, job_kinds, menu
from core.base.searched import searches
from core.importing import registry

ENTRIES = (
    MenuItem("Unités", "organisations:units", "unit_view", 80, group=SETTINGS, help="comptes"),
    MenuItem("Comptes", "organisations:accounts", "account_view", 81, group=SETTINGS, help="comptes"),
    MenuItem("Rôles et droits", "organisations:roles", "", 82, group=SETTINGS, help="comptes"),
    MenuItem("Calendrier", "core:holidays", "", 83, group=SETTINGS, help="delai"),
    MenuItem("Calculer un délai", "organisations:delay", "", 84, group=SETTINGS, help="delai"),
    MenuItem("Sceaux de l’historique", "core:seals", "history_view", 85, group=SETTINGS, help="auditer"),
)


class OrganisationsConfig(AppConfig):
    default = True
    name = "organisations"
    verbose_name = "Organisation"

    def ready(self):
        from organisations import retention

        searches.later("organisations.search:register")
        fed_by("organisations.cards:register")
        job_kinds.later("organisations.jobs")
        registry.later("organisations.imports.closed_days.ClosedDaysFile")
        registry.later("organisations.imports.directory.DirectoryFile")

        for entry in ENTRIES:
            menu.register(entry)


class AccountsAdminConfig(admin.AdminConfig):
    """Django's administration, with our site."""

    default = False
    default_site = "organisations.administration.AccountsSite"
