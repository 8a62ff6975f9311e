"""Import of action plans: send; what follows comes from the mechanism of imports."""

from django.urls import path

from actions.imports.kind import PlanFile
from actions.views.imports import PlanImportHome, PlanUpload
from core.importing.urls import import_urls

urlpatterns = [
    path("importer/", PlanImportHome.as_view(), name="import-upload"),
    path("importer/<slug:site>/", PlanUpload.as_view(), name="import-upload"),
    *import_urls(PlanFile),
]
