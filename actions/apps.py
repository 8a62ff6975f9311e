"""Configuration of the actions app: plans, findings, actions and their history."""

from django.apps import AppConfig

from core.base.home import fed_by
from core.base.registries import SETTINGS, MenuItem, consistency_checks, job_kinds, menu, report_sections
from core.base.searched import searches
from core.importing import registry

GROUP = "Actions"
ENTRIES = (
    MenuItem("Mes actions", "actions:mine", "action_report", 20, group=GROUP, help="agir"),
    MenuItem("Plans", "actions:plans", "action_view", 21, group=GROUP, help="agir"),
    MenuItem("Toutes les actions", "actions:actions", "action_view", 22, group=GROUP, help="agir"),
    MenuItem("Importer un plan", "actions:import-upload", "action_import", 23, group=GROUP, help="agir"),
    MenuItem("Synthèse", "actions:synthesis", "action_view", 24, group=GROUP, help="agir"),
    MenuItem("Le plan à une date", "actions:as-of", "history_view", 25, group=GROUP, help="auditer"),
    MenuItem("Ce qui a changé", "actions:difference", "history_view", 26, group=GROUP, help="auditer"),
    MenuItem("Extraits datés", "actions:extracts", "history_view", 27, group=GROUP, help="auditer"),
    MenuItem("Actions jumelles", "actions:twins", "action_edit", 28, group=GROUP, help="agir"),
    MenuItem("Rappels des échéances", "actions:reminders", "action_edit", 89, group=SETTINGS, help="agir"),
)


class ActionsConfig(AppConfig):
    name = "actions"
    verbose_name = "Plans d’actions"

    def ready(self):
        from actions import events, panels

        searches.later("actions.search:register")
        fed_by("actions.cards:register")
        report_sections.later("actions.chapters:register")
        consistency_checks.later("actions.checks:register")
        job_kinds.later("actions.jobs")
        registry.later("actions.imports.kind.PlanFile")
        events.register()
        panels.register()
        for entry in ENTRIES:
            menu.register(entry)
