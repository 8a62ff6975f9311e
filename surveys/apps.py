"""Configuration of the surveys app: satisfaction and mystery surveys, from the hall tablet to the poster."""

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = "Enquêtes"
