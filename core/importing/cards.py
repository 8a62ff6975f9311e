"""« Imports à vérifier » on the home page: every kind of file sent and not yet recorded, in one card."""

from typing import Any

from core.base.enums import ImportState
from core.base.registries import CardContent, CardRow, HomeCard, home_cards
from core.importing.kinds import imports_in

MOST_ROWS = 6


def imports_to_check(request: Any) -> CardContent | None:
    """What the person may record, the latest first."""
    waiting = imports_in(ImportState.PREVIEW, user=request.user, most=MOST_ROWS)
    rows = [CardRow(record.name, kind.url(record), kind.place(record), "À vérifier", "new") for kind, record in waiting]
    return CardContent(rows=rows) if rows else None


def register() -> None:
    """Register the card with the home page."""
    card = HomeCard("imports-to-check", "Imports à vérifier", "", imports_to_check, position=35, zone="todo")
    home_cards.register(card)
