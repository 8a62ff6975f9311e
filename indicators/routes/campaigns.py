"""The months of entry of a site: what is missing, chasing, validating, closing, reopening."""

from django.urls import path

from indicators.views.campaigns import (
    CampaignChase,
    CampaignClose,
    CampaignCollect,
    CampaignExplain,
    CampaignHistory,
    CampaignHome,
    CampaignOpen,
    CampaignPage,
    CampaignReopen,
    CampaignsPage,
    CampaignValidate,
)
from indicators.views.side_by_side import CampaignsSites

urlpatterns = [
    path("mois/", CampaignHome.as_view(), name="campaigns"),
    path("mois/tous/<int:year>/", CampaignsSites.as_view(), name="campaigns-sites"),
    path("mois/<slug:site>/<int:year>/", CampaignsPage.as_view(), name="campaigns"),
    path("mois/<slug:site>/<int:year>/<int:month>/ouvrir/", CampaignOpen.as_view(), name="campaign-open"),
    path("mois/<int:pk>/", CampaignPage.as_view(), name="campaign"),
    path("mois/<int:pk>/historique/", CampaignHistory.as_view(), name="campaign-history"),
    path("mois/<int:pk>/relancer/", CampaignChase.as_view(), name="campaign-chase"),
    path("mois/<int:pk>/expliquer/", CampaignExplain.as_view(), name="campaign-explain"),
    path("mois/<int:pk>/recalculer/", CampaignCollect.as_view(), name="campaign-collect"),
    path("mois/<int:pk>/valider/", CampaignValidate.as_view(), name="campaign-validate"),
    path("mois/<int:pk>/clore/", CampaignClose.as_view(), name="campaign-close"),
    path("mois/<int:pk>/rouvrir/", CampaignReopen.as_view(), name="campaign-reopen"),
]
