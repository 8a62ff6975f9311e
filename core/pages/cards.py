"""What the core puts on the home page: an alarm when the history is no longer what was sealed."""

from django.urls import reverse

from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from core.services import seals


def history_breach(request) -> CardContent | None:
    """One line per stretch of history found changed by the last verification; nothing while all is well."""
    job = seals.last_verification()
    breaches = job.result["breaches"] if job else []
    rows = [CardRow(words, reverse("core:seals"), badge="Historique modifié", level="error") for words in breaches]
    return CardContent(rows=rows) if rows else None


def register() -> None:
    """Register the card with the home page."""
    home_cards.register(HomeCard("history", "Historique modifié", seals.PERMISSION, history_breach, 1, "missing"))
