"""Import of a grid: send, check, record, undo."""

from django.urls import path

from core.importing.urls import import_urls
from indicators.imports.gridfile import GridFile
from indicators.views.imports import ImportHome, ImportUpload

urlpatterns = [
    path("importer/", ImportHome.as_view(), name="import-upload"),
    path("importer/<slug:site>/<int:year>/", ImportUpload.as_view(), name="import-upload"),
    *import_urls(GridFile),
]
