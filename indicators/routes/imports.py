"""Import of a grid: send, check, record, undo."""

from django.urls import path

from indicators.views.imports import (
    GridImportAbandon,
    GridImportChoices,
    GridImportCommit,
    GridImportHistory,
    GridImportOtherYear,
    GridImportPage,
    GridImportRetry,
    GridImportUndo,
    ImportHome,
    ImportUpload,
)

urlpatterns = [
    path("importer/", ImportHome.as_view(), name="import-upload"),
    path("importer/<slug:site>/<int:year>/", ImportUpload.as_view(), name="import-upload"),
    path("imports/<int:pk>/", GridImportPage.as_view(), name="import"),
    path("imports/<int:pk>/historique/", GridImportHistory.as_view(), name="import-history"),
    path("imports/<int:pk>/choix/", GridImportChoices.as_view(), name="import-choices"),
    path("imports/<int:pk>/abandonner/", GridImportAbandon.as_view(), name="import-abandon"),
    path("imports/<int:pk>/enregistrer/", GridImportCommit.as_view(), name="import-commit"),
    path("imports/<int:pk>/relire/", GridImportRetry.as_view(), name="import-retry"),
    path("imports/<int:pk>/autre-annee/", GridImportOtherYear.as_view(), name="import-other-year"),
    path("imports/<int:pk>/annuler/", GridImportUndo.as_view(), name="import-undo"),
]
