"""Configuration of the indicators app: catalogue, targets, monthly values, campaigns, dashboards."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Indicateurs"

    def ready(self):
        from indicators import cards, chapters, jobs  # noqa: F401 - declaring a job kind registers it

        cards.register()
        chapters.register()
