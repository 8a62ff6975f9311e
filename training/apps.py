"""Configuration of the training app: who must be trained, by when, who was, and who tutors whom until then."""

from django.apps import AppConfig

from actions.registries import digest_parts
from core.base.home import fed_by
from core.base.registries import (
    SETTINGS,
    MenuItem,
    consistency_checks,
    menu,
    personal_columns,
    report_sections,
    retention_rules,
)
from core.base.searched import searches
from core.base.year import yearly_events
from core.importing import registry
from indicators.collectors import collectors
from referential.registries import file_parts, readiness

GROUP = "Équipe"
ENTRIES = (
    MenuItem("Suivi des formations", "training:follow-up", "training_count_view", 40, group=GROUP, help="former"),
    MenuItem("Agents", "training:agents", "training_view", 41, group=GROUP, help="former"),
    MenuItem("Sessions", "training:sessions", "training_count_view", 42, group=GROUP, help="former"),
    MenuItem("Catalogue des formations", "training:courses", "training_count_view", 43, group=GROUP, help="former"),
    MenuItem("Conventions de tutorat", "training:agreements", "training_view", 44, group=GROUP, help="former"),
    MenuItem("Importer un suivi", "training:import-home", "training_manage", 45, group=GROUP, help="former"),
    MenuItem(
        "Thèmes et délais de formation", "training:themes", "training_count_view", 95, group=SETTINGS, help="former"
    ),
)


class TrainingConfig(AppConfig):
    name = "training"
    verbose_name = "Formation"

    def ready(self):
        from training import notifications

        notifications.register()
        searches.later("training.search:register")
        fed_by("training.cards:register")
        for filled in (file_parts, digest_parts):
            filled.later("training.panels:register")
        yearly_events.later("training.year:register")
        report_sections.later("training.chapters:register")
        collectors.later("training.training_rates:register")
        for told in (consistency_checks, readiness):
            told.later("training.checks:register")
        for kept in (retention_rules, personal_columns):
            kept.later("training.services.people:register_retention")
        registry.later("training.imports.kind.TrainingFile")
        for entry in ENTRIES:
            menu.register(entry)
