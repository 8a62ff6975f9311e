"""Addresses: import of a file of answers: send, check, record, undo."""

from django.urls import path

from surveys.views import imports

IMPORT = "imports/<int:pk>/"

urlpatterns: list = [
    path("campagnes/<slug:code>/importer", imports.SurveyUpload.as_view(), name="import-upload"),
    path(IMPORT, imports.SurveyImportPage.as_view(), name="import"),
    path(f"{IMPORT}choix/", imports.SurveyImportChoices.as_view(), name="import-choices"),
    path(f"{IMPORT}enregistrer/", imports.SurveyImportCommit.as_view(), name="import-commit"),
    path(f"{IMPORT}annuler/", imports.SurveyImportUndo.as_view(), name="import-undo"),
    path(f"{IMPORT}abandonner/", imports.SurveyImportAbandon.as_view(), name="import-abandon"),
    path(f"{IMPORT}relire/", imports.SurveyImportRetry.as_view(), name="import-retry"),
    path(f"{IMPORT}historique/", imports.SurveyImportHistory.as_view(), name="import-history"),
]
