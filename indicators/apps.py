"""Configuration of the indicators app: catalogue, targets, monthly values, campaigns, dashboards."""

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "indicators"
    verbose_name = "Indicateurs"
