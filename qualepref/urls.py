"""URL map: each app owns a French prefix."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("core.urls")),
    path("", include("organisations.urls")),
    path("referentiels/", include("referential.urls")),
    path("plans/", include("actions.urls")),
    path("indicateurs/", include("indicators.urls")),
    path("enquetes/", include("surveys.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "core.views.site.bad_request"
