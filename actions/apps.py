"""Configuration of the actions app: plans, findings, actions and their history."""

from django.apps import AppConfig

from core.registries import MenuItem, menu

GROUP = "Plan d’actions"
ENTRIES = (
    ("Mes actions", "actions:mine", "action_report"),
    ("Plans", "actions:plans", "action_view"),
    ("Actions", "actions:actions", "action_view"),
    ("Importer un plan", "actions:import-upload", "action_import"),
    ("Synthèse", "actions:synthesis", "action_view"),
    ("Le plan à une date", "actions:as-of", "history_view"),
    ("Ce qui a changé", "actions:difference", "history_view"),
    ("Extraits datés", "actions:extracts", "history_view"),
    ("Actions jumelles", "actions:twins", "action_edit"),
    ("Rappels", "actions:reminders", "action_edit"),
)


class ActionsConfig(AppConfig):
    name = "actions"
    verbose_name = "Plans d’actions"

    def ready(self):
        from actions import cards, chapters, checks, events, jobs, panels  # noqa: F401 - declaring a job kind registers it

        cards.register()
        chapters.register()
        checks.register()
        events.register()
        panels.register()
        for position, (label, url_name, permission) in enumerate(ENTRIES, start=11):
            menu.register(MenuItem(label, url_name, permission, position=position, group=GROUP))
