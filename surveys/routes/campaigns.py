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
    path(f"{CAMPAIGN}/rafales/<slug:burst>/ecarter", pages.BurstSetAside.as_view(), name="burst-set-aside"),
    path(f"{CAMPAIGN}/historique", pages.CampaignHistory.as_view(), name="campaign-history"),
    path(f"{CAMPAIGN}/formulaire-papier/<slug:language>", pages.PaperForm.as_view(), name="paper-form"),
    *points.Points.urls(),
    *places.Places.urls(),
]
