"""What surveys give to search: a mystery campaign under way stays hidden from those it tests."""

from django.urls import reverse

from core.base.registries import Gesture
from core.pages.search import Found, Searched, give
from organisations.permissions import Permission
from surveys.models import Campaign

EDIT = Permission.SURVEY_EDIT


def _campaign(campaign: Campaign) -> Found:
    days = f"{campaign.starts_on:%d/%m/%Y} – {campaign.ends_on:%d/%m/%Y}"
    return Found(campaign.title, reverse("surveys:campaign", args=[campaign.code]), f"{campaign.site.name}, {days}")


def register() -> None:
    """Give campaigns."""
    give(
        Searched(
            "surveys",
            "enquête",
            "Enquêtes",
            Campaign.objects.select_related("site"),
            ("title",),
            _campaign,
            codes=("code",),
            order=("-starts_on", "pk"),
            position=30,
        ),
        Gesture("Préparer une enquête de satisfaction", "surveys:campaign-create-satisfaction", EDIT, "créer lancer"),
        Gesture("Préparer une enquête mystère", "surveys:campaign-create-mystery", EDIT, "créer lancer"),
    )
