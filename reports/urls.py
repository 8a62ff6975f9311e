"""URLs of the reports."""

from django.urls import include, path

from reports.routes import annual_reports, home
from reports.views.contradictions import Contradictions

app_name = "reports"
urlpatterns = [
    *home.urlpatterns,
    path("bilans/contradictions/", Contradictions.as_view(), name="contradictions"),
    path("bilans/", include(annual_reports.urlpatterns)),
]
