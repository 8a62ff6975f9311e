"""Addresses: posters and decks, and the public page of results."""

from django.urls import path

from surveys.views import information, public_editions, public_results, publications

CAMPAIGN = "campagnes/<slug:code>/publications/"

urlpatterns = [
    path("vos-reponses", information.Information.as_view(), name="information"),
    path("resultats/<slug:code>/", public_results.PublicResults.as_view(), name="public-results"),
    path(CAMPAIGN, publications.PublicationList.as_view(), name="publications"),
    path(f"{CAMPAIGN}page-publique/", public_editions.PublicReview.as_view(), name="public-review"),
    path(f"{CAMPAIGN}page-publique/retirer", public_editions.PublicWithdraw.as_view(), name="public-withdraw"),
    path(f"{CAMPAIGN}<slug:kind>/produire/", publications.PublicationRequest.as_view(), name="publication-request"),
    path("publications/<int:pk>/", publications.PublicationDownload.as_view(), name="publication"),
]
