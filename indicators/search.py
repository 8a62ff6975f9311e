"""What the catalogue gives to search."""

from django.urls import reverse

from core.base.registries import Gesture
from core.pages.search import Found, Searched, give
from indicators.models import Indicator
from organisations.permissions import Permission


def _indicator(indicator: Indicator) -> Found:
    told = (indicator.family.name, indicator.engagement and indicator.engagement.short)
    detail = ", ".join(filter(None, told))
    return Found(indicator.label, reverse("indicators:indicator", args=[indicator.code]), detail)


INDICATORS = Indicator.objects.select_related("family", "engagement")


def register() -> None:
    """Give indicators, and what is done of a month."""
    give(
        Searched(
            "indicators",
            "indicateur",
            "Indicateurs",
            INDICATORS,
            ("label", "family__name"),
            _indicator,
            codes=("code",),
            order=("-is_active", "family", "position", "pk"),
            position=5,
        ),
        Gesture("Saisir les chiffres du mois", "indicators:entry", Permission.VALUE_ENTER, "entrer remplir valeurs"),
        Gesture("Clore un mois", "indicators:campaigns", Permission.CAMPAIGN_STEER, "fermer valider"),
        Gesture("Ouvrir un mois", "indicators:campaigns", Permission.CAMPAIGN_STEER, "lancer relancer"),
        Gesture("Ajouter un indicateur", "indicators:indicator-create", Permission.INDICATOR_EDIT, "créer nouveau"),
    )
