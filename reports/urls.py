"""URLs of the reports."""

from django.urls import include, path

from reports.routes import annual_reports, home

app_name = "reports"
urlpatterns = [*home.urlpatterns, path("bilans/", include(annual_reports.urlpatterns))]
