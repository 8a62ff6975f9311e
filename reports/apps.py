"""Configuration of the reports app: home page, annual report, what reads across apps."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Bilans"

    def ready(self):
        from reports import jobs  # noqa: F401 - declaring a job kind registers it
