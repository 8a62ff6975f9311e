"""Configuration of the surveys app: satisfaction and mystery surveys, from the hall tablet to the poster."""

from django.apps import AppConfig

from core.registries import MenuItem, menu

ENTRIES = (
    ("Campagnes", "surveys:campaigns", "survey_view"),
    ("Questionnaires", "surveys:questionnaires", "survey_view"),
    ("Lieux d’accueil", "surveys:places", "survey_view"),
)


class SurveysConfig(AppConfig):
    name = "surveys"
    verbose_name = "Enquêtes"

    def ready(self):
        from surveys import cards, chapters, checks, collectors, jobs, panels  # noqa: F401 - declaring a job kind registers it

        cards.register()
        checks.register()
        chapters.register()
        collectors.register()
        panels.register()
        for position, (label, url_name, permission) in enumerate(ENTRIES, start=50):
            menu.register(MenuItem(label, url_name, permission, position=position, group="Enquêtes"))
