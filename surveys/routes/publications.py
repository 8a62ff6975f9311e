"""Addresses: posters and decks, and the public page of results."""

from django.urls import path

from surveys.views import public_results, publications

CAMPAIGN = "campagnes/<slug:code>/publications/"

urlpatterns = [
    path("resultats/<slug:code>/", public_results.PublicResults.as_view(), name="public-results"),
    path(CAMPAIGN, publications.PublicationList.as_view(), name="publications"),
    path(f"{CAMPAIGN}<slug:kind>/produire/", publications.PublicationRequest.as_view(), name="publication-request"),
    path("publications/<int:pk>/", publications.PublicationDownload.as_view(), name="publication"),
]
