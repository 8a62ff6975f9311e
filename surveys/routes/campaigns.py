"""Addresses: campaigns, collection points, places."""

from django.urls import path

from surveys.enums import Kind
from surveys.views import campaign_page, places, points
from surveys.views import campaigns as pages

CAMPAIGN = "campagnes/<slug:code>"

urlpatterns: list = [
    path("campagnes/", pages.CampaignList.as_view(), name="campaigns"),
    path(
        "campagnes/nouvelle/satisfaction",
        pages.CampaignCreate.as_view(kind=Kind.SATISFACTION),
        name="campaign-create-satisfaction",
    ),
    path("campagnes/nouvelle/mystere", pages.CampaignCreate.as_view(kind=Kind.MYSTERY), name="campaign-create-mystery"),
    path(CAMPAIGN, campaign_page.CampaignDetail.as_view(), name="campaign"),
    path(f"{CAMPAIGN}/compteur", campaign_page.CampaignCounter.as_view(), name="campaign-counter"),
    path(f"{CAMPAIGN}/modifier", pages.CampaignEdit.as_view(), name="campaign-edit"),
    path(f"{CAMPAIGN}/ouvrir", pages.CampaignOpen.as_view(), name="campaign-open"),
    path(f"{CAMPAIGN}/clore", pages.CampaignClose.as_view(), name="campaign-close"),
    path(f"{CAMPAIGN}/rouvrir", pages.CampaignReopen.as_view(), name="campaign-reopen"),
    path(f"{CAMPAIGN}/supprimer", pages.CampaignRemove.as_view(), name="campaign-remove"),
    path(f"{CAMPAIGN}/historique", pages.CampaignHistory.as_view(), name="campaign-history"),
    path(f"{CAMPAIGN}/formulaire-papier/<slug:language>", pages.PaperForm.as_view(), name="paper-form"),
    path(f"{CAMPAIGN}/points/nouveau", points.PointCreate.as_view(), name="point-create"),
    path("points/<int:pk>/modifier", points.PointEdit.as_view(), name="point-edit"),
    path("points/<int:pk>/hors-service", points.PointDisable.as_view(), name="point-disable"),
    path("points/<int:pk>/en-service", points.PointEnable.as_view(), name="point-enable"),
    path("points/<int:pk>/historique", points.PointHistory.as_view(), name="point-history"),
    path("points/<int:pk>/affiche", points.PointPoster.as_view(), name="point-poster"),
    path("points/<int:pk>/qr.svg", points.PointQr.as_view(), name="point-qr"),
    path("lieux/", places.PlaceList.as_view(), name="places"),
    path("lieux/nouveau", places.PlaceCreate.as_view(), name="place-create"),
    path("lieux/<int:pk>", places.PlaceDetail.as_view(), name="place"),
    path("lieux/<int:pk>/modifier", places.PlaceEdit.as_view(), name="place-edit"),
    path("lieux/<int:pk>/historique", places.PlaceHistory.as_view(), name="place-history"),
]
