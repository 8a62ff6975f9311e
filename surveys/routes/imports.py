"""Addresses: import of a file of answers: send, check, record, undo."""

from django.urls import path

from core.importing.urls import import_urls
from surveys.imports.survey_file import SurveyFile
from surveys.views.imports import SurveyUpload

urlpatterns: list = [
    path("campagnes/<slug:code>/importer", SurveyUpload.as_view(), name="import-upload"),
    *import_urls(SurveyFile),
]
