"""Configuration of the actions app: plans, findings, actions and their history."""

from django.apps import AppConfig


class ActionsConfig(AppConfig):
    name = "actions"
    verbose_name = "Plans d’actions"

    def ready(self):
        from actions import events

        events.register()
