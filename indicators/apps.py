"""Configuration of the indicators app: catalogue, targets, monthly values, campaigns, dashboards."""

from django.apps import AppConfig

from core.registries import MenuItem, menu

ENTRIES = (
    ("Tableau de bord", "indicators:dashboard", "indicator_view"),
    ("La grille", "indicators:grid", "indicator_view"),
    ("Suivi des mois", "indicators:campaigns", "campaign_steer"),
    ("Importer une grille", "indicators:import-upload", "value_import"),
    ("Catalogue", "indicators:catalogue", "indicator_view"),
)


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Indicateurs"

    def ready(self):
        from indicators import actions_on_time, cards, chapters, jobs, panels  # noqa: F401 - declaring a job kind registers it

        actions_on_time.register()
        cards.register()
        chapters.register()
        panels.register()
        menu.register(MenuItem("Ma saisie", "indicators:entry", "value_enter", position=10))
        for position, (label, url_name, permission) in enumerate(ENTRIES, start=20):
            menu.register(MenuItem(label, url_name, permission, position=position, group="Indicateurs"))
