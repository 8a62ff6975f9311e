"""The figures that an action should move."""

from django.urls import path

from indicators.views import effects

EFFECT = "effets/<int:pk>/"

urlpatterns = [
    path("effets/action/<int:pk>/ajouter/", effects.ExpectEffect.as_view(), name="effect-expect"),
    path(f"{EFFECT}retirer/", effects.EffectWithdraw.as_view(), name="effect-withdraw"),
    path(f"{EFFECT}historique/", effects.EffectHistory.as_view(), name="effect-history"),
]
