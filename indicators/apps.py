"""Configuration of the indicators app: catalogue, targets, monthly values, campaigns, dashboards."""

from django.apps import AppConfig

from core.base.home import fed_by
from core.base.registries import MenuItem, consistency_checks, job_kinds, menu, report_sections
from core.base.searched import searches
from core.importing import registry

GROUP = "Indicateurs"
ENTRIES = (
    MenuItem("Ma saisie", "indicators:entry", "value_enter", 10, group=GROUP, help="saisir"),
    MenuItem("Tableau de bord", "indicators:dashboard", "indicator_view", 11, group=GROUP, help="lire"),
    MenuItem("La grille", "indicators:grid", "indicator_view", 12, group=GROUP, help="lire"),
    MenuItem("Suivi des mois", "indicators:campaigns", "campaign_steer", 13, group=GROUP, help="piloter"),
    MenuItem("Importer une grille", "indicators:import-upload", "value_import", 14, group=GROUP, help="importer"),
    MenuItem("Catalogue", "indicators:catalogue", "indicator_view", 15, group=GROUP, help="piloter"),
)


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Indicateurs"

    def ready(self):
        from indicators import actions_on_time, panels

        searches.later("indicators.search:register")
        fed_by("indicators.cards:register")
        report_sections.later("indicators.chapters:register")
        consistency_checks.later("indicators.checks:register")
        job_kinds.later("indicators.jobs")
        registry.later("indicators.imports.gridfile.GridFile")
        job_kinds.later("indicators.printing.dashboard:register")
        actions_on_time.register()
        panels.register()
        for entry in ENTRIES:
            menu.register(entry)
