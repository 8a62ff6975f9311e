"""Configuration of the actions app: plans, findings, actions and their history."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "actions"
    verbose_name = "Plans d’actions"

    def ready(self):
        from actions import events, jobs  # noqa: F401 - declaring a job kind registers it

        events.register()
