"""The figures that an action should move."""

from indicators.views.effects import Effects

urlpatterns = list(Effects.urls())
