"""The dashboard of a site, its sealed editions, and « Pourquoi ce chiffre ? »."""

from django.urls import path

from indicators.views.dashboards import DashboardCompute, DashboardHome, DashboardPage, SnapshotPage, SnapshotPdf
from indicators.views.side_by_side import DashboardSites
from indicators.views.why import WhyPage

urlpatterns = [
    path("tableau-de-bord/", DashboardHome.as_view(), name="dashboard"),
    path("tableau-de-bord/tous/<int:year>/<int:month>/", DashboardSites.as_view(), name="dashboard-sites"),
    path("tableau-de-bord/<slug:site>/<int:year>/<int:month>/", DashboardPage.as_view(), name="dashboard"),
    path(
        "tableau-de-bord/<slug:site>/<int:year>/<int:month>/calculer/",
        DashboardCompute.as_view(),
        name="dashboard-compute",
    ),
    path("editions/<int:pk>/", SnapshotPage.as_view(), name="snapshot"),
    path("editions/<int:pk>/pdf/", SnapshotPdf.as_view(), name="snapshot-pdf"),
    path("pourquoi/<slug:indicator>/<slug:site>/<int:year>/", WhyPage.as_view(), name="why"),
    path("pourquoi/<slug:indicator>/<slug:site>/<int:year>/<int:month>/", WhyPage.as_view(), name="why"),
]
