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
    path("avis/", include("surveys.routes.short")),
    path("reclamations/", include("complaints.urls")),
    path("formation/", include("training.urls")),
    path("audits/", include("audits.urls")),
    path("instances/", include("clu.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "core.pages.views.site.bad_request"
handler403 = "core.pages.views.site.forbidden"
handler404 = "core.pages.views.site.not_found"
handler500 = "core.pages.views.site.server_error"
