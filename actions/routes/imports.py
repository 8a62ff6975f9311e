"""Import of action plans: send, check, record, undo."""

from django.urls import path

from actions.views.imports import (
    ImportHome,
    ImportUpload,
    PlanImportAbandon,
    PlanImportChoices,
    PlanImportCommit,
    PlanImportHistory,
    PlanImportPage,
    PlanImportRetry,
    PlanImportUndo,
)

urlpatterns = [
    path("importer/", ImportHome.as_view(), name="import-upload"),
    path("importer/<slug:site>/", ImportUpload.as_view(), name="import-upload"),
    path("imports/<int:pk>/", PlanImportPage.as_view(), name="import"),
    path("imports/<int:pk>/historique/", PlanImportHistory.as_view(), name="import-history"),
    path("imports/<int:pk>/choix/", PlanImportChoices.as_view(), name="import-choices"),
    path("imports/<int:pk>/abandonner/", PlanImportAbandon.as_view(), name="import-abandon"),
    path("imports/<int:pk>/enregistrer/", PlanImportCommit.as_view(), name="import-commit"),
    path("imports/<int:pk>/relire/", PlanImportRetry.as_view(), name="import-retry"),
    path("imports/<int:pk>/annuler/", PlanImportUndo.as_view(), name="import-undo"),
]
