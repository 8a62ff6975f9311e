"""Configuration of the referential app: versions, modules, engagements."""

from django.apps import AppConfig

from core.registries import MenuItem, menu


class ReferentialConfig(AppConfig):
    name = "referential"
    verbose_name = "Référentiels"

    def ready(self):
        for position, (label, url_name) in enumerate(
            (
                ("Versions et engagements", "referential:referentials"),
                ("Correspondances", "referential:correspondences"),
                ("Périmètre des sites", "referential:perimeters"),
            )
        ):
            menu.register(MenuItem(label, url_name, "referential_view", position=60 + position, group="Référentiels"))
