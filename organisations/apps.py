"""Configuration of the organisations app: units, users, roles."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = "Organisation"
