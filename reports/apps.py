"""Configuration of the reports app: home page, annual report, what reads across apps."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Bilans"
