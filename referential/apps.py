"""Configuration of the referential app: versions, modules, engagements."""

from django.apps import AppConfig

from core.base.home import fed_by
from core.base.registries import SETTINGS, MenuItem, menu
from core.base.searched import searches
from core.importing import registry

GROUP = "Instances"
ENTRIES = (
    MenuItem(
        "Versions et engagements", "referential:referentials", "referential_view", 59, group=GROUP, help="prouver"
    ),
    MenuItem("Périmètre des sites", "referential:perimeters", "referential_view", 87, group=SETTINGS, help="prouver"),
    MenuItem("Correspondances", "referential:correspondences", "referential_view", 88, group=SETTINGS, help="prouver"),
)


class ReferentialConfig(AppConfig):
    name = "referential"
    verbose_name = "Référentiels"

    def ready(self):
        registry.later("referential.imports.ReferentialFile")
        searches.later("referential.search:register")
        fed_by("referential.cards:register")
        for entry in ENTRIES:
            menu.register(entry)
