"""Configuration of the demonstration: commands only, no model and no page."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"
    verbose_name = "Démonstration"
