"""What is done of the report, for search."""

from core.base.registries import Gesture
from core.pages.search import give
from organisations.permissions import Permission


def register() -> None:
    """Give the gestures of the report."""
    give(Gesture("Ouvrir un bilan", "reports:report-open", Permission.REPORT_EDIT, "créer rédiger produire imprimer"))
