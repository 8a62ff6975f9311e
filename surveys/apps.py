"""Configuration of the surveys app: satisfaction and mystery surveys, from the hall tablet to the poster."""

from django.apps import AppConfig

from core.base.home import fed_by
from core.base.registries import SETTINGS, MenuItem, consistency_checks, job_kinds, menu, report_sections
from core.base.searched import searches
from core.base.year import yearly_events
from core.importing import registry

GROUP = "Écoute"
ENTRIES = (
    MenuItem("Enquêtes", "surveys:campaigns", "survey_view", 30, group=GROUP, help="ecouter"),
    MenuItem("Questionnaires", "surveys:questionnaires", "survey_view", 31, group=GROUP, help="ecouter"),
    MenuItem("Lieux d’accueil", "surveys:places", "survey_view", 90, group=SETTINGS, help="ecouter"),
)


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = "Enquêtes"

    def ready(self):
        from surveys import evidence, panels, retention, satisfaction_rates
        from surveys.views import errors

        searches.later("surveys.search:register")
        fed_by("surveys.cards:register")
        report_sections.later("surveys.chapters:register")
        yearly_events.later("surveys.year:register")
        consistency_checks.later("surveys.checks:register")
        evidence.register()
        retention.register()
        errors.register()
        panels.register()
        satisfaction_rates.register()
        job_kinds.later("surveys.jobs")
        registry.later("surveys.imports.survey_file.SurveyFile")
        for entry in ENTRIES:
            menu.register(entry)
