"""The home page: what I must do, what is missing, the state of the year; each app gives its own cards."""

from dataclasses import dataclass

from django.views import View

from core.base.registries import CardContent, home_cards
from core.pages import SIGNED_IN, Page, PermissionRequired

ZONES = (
    ("todo", "Ce que je dois faire"),
    ("missing", "Ce qui manque"),
    ("state", "L’état de l’année"),
)


@dataclass(frozen=True)
class ShownCard:
    """A card that has something to say to the person."""

    code: str
    title: str
    content: CardContent


class HomePage(PermissionRequired, Page, View):
    """Cards of the person's roles, in three zones; a zone without card is not shown."""

    permission = SIGNED_IN
    title = "Accueil"
    template_name = "reports/home.html"

    def get(self, request):
        return self.render(zones=self.zones())

    def get_breadcrumbs(self):
        return []

    def zones(self) -> list[tuple[str, str, list[ShownCard]]]:
        cards = [(card.zone, self.shown(card)) for card in home_cards.for_user(self.request.user)]
        zones = [(code, title, [c for zone, c in cards if zone == code and c]) for code, title in ZONES]
        return [zone for zone in zones if zone[2]]

    def shown(self, card) -> ShownCard | None:
        content = card.render(self.request)
        return None if content is None else ShownCard(card.code, card.title, content)
