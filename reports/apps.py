"""Configuration of the reports app: home page, annual report, what reads across apps."""

from django.apps import AppConfig

from core.registries import MenuItem, menu


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Bilans"

    def ready(self):
        from reports import cards, jobs  # noqa: F401 - declaring a job kind registers it

        cards.register()
        menu.register(MenuItem("Accueil", "reports:home", "", position=0))
        menu.register(MenuItem("Bilan qualité", "reports:reports", "report_view", position=50, group="Bilan"))
        menu.register(MenuItem("Contradictions", "reports:contradictions", "report_edit", position=51, group="Bilan"))
