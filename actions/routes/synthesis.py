"""Addresses: what the plans of a site come to, and the actions that two of them hold."""

from django.urls import path

from actions.views import synthesis, twins

ACTION = "actions/<int:pk>/"

urlpatterns = [
    path("synthese/", synthesis.SynthesisHome.as_view(), name="synthesis"),
    path("synthese/<slug:site>/<int:year>/", synthesis.SynthesisPage.as_view(), name="synthesis"),
    path(
        "synthese/<slug:site>/<int:year>/export/<str:format>/",
        synthesis.SynthesisExport.as_view(),
        name="synthesis-export",
    ),
    path("jumelages/", twins.TwinsHome.as_view(), name="twins"),
    path("jumelages/<slug:site>/", twins.TwinsPage.as_view(), name="twins"),
    path("jumelages/ecartes/<int:pk>/reprendre/", twins.TwinBringBack.as_view(), name="twin-bring-back"),
    path(f"{ACTION}jumelles/", twins.TwinSearch.as_view(), name="twin-search"),
    path(f"{ACTION}jumeler/<int:into>/", twins.TwinMerge.as_view(), name="twin-merge"),
    path(f"{ACTION}ecarter/<int:other>/", twins.TwinSetAside.as_view(), name="twin-set-aside"),
    path(f"{ACTION}separer/", twins.TwinSeparate.as_view(), name="twin-separate"),
]
