"""Configuration of the core: what no app of the trade owns."""

import sys
from importlib import import_module

from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from core.base import among, french
from core.base.home import fed_by
from core.record import triggers
from core.time import spans

OF_POSTGRESQL = "django.contrib.postgres.fields"


def import_without(name: str, unused: str) -> None:
    """Import a library as where one of its optional modules is not installed."""
    loaded = sys.modules.get(unused)
    sys.modules[unused] = None  # type: ignore[assignment]  # how Python says « not there »
    import_module(name)
    del sys.modules[unused]
    if loaded:
        sys.modules[unused] = loaded


import_without("django_tables2", OF_POSTGRESQL)  # its column of a type we do not use would load psycopg on SQLite too


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Socle"

    def ready(self):
        from core.jobs import notices, retention, schedule

        among.register()
        connection_created.connect(french.register, dispatch_uid="french")
        connection_created.connect(spans.register, dispatch_uid="spans")
        retention.register()
        for name in ("core.pages.cards:register", "core.importing.cards:register"):
            fed_by(name)
        post_migrate.connect(triggers.install_after_migrate, sender=self)
