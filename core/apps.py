"""Configuration of the core: what no app of the trade owns."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Socle"

    def ready(self):
        from core import cards, notices, schedule, triggers  # noqa: F401 - declaring a kind of job registers it

        cards.register()
        post_migrate.connect(triggers.install_after_migrate, sender=self)
