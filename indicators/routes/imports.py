"""Import of a grid: send, check, record, undo."""

from django.urls import path

from core.importing.urls import import_urls
from indicators.imports.gridfile import GridFile
from indicators.views.imports import GridImportHome, GridUpload

urlpatterns = [
    path("importer/", GridImportHome.as_view(), name="import-upload"),
    path("importer/<slug:site>/<int:year>/", GridUpload.as_view(), name="import-upload"),
    *import_urls(GridFile),
]
