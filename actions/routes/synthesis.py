"""Addresses: what the plans of a site come to, and the actions that two of them hold."""

from django.urls import path

from actions.views import twins

ACTION = "actions/<int:pk>/"

urlpatterns = [
    path("jumelages/", twins.TwinsHome.as_view(), name="twins"),
    path("jumelages/<slug:site>/", twins.TwinsPage.as_view(), name="twins"),
    path("jumelages/ecartes/<int:pk>/reprendre/", twins.TwinBringBack.as_view(), name="twin-bring-back"),
    path(f"{ACTION}jumelles/", twins.TwinSearch.as_view(), name="twin-search"),
    path(f"{ACTION}jumeler/<int:into>/", twins.TwinMerge.as_view(), name="twin-merge"),
    path(f"{ACTION}ecarter/<int:other>/", twins.TwinSetAside.as_view(), name="twin-set-aside"),
    path(f"{ACTION}separer/", twins.TwinSeparate.as_view(), name="twin-separate"),
]
