"""Addresses: follow-up, matrix, forecast, balance, agents, sessions, agreements, themes, imports."""

from django.urls import path

from core.importing.urls import import_urls
from training.imports.kind import TrainingFile
from training.views import balance, follow_up, imports
from training.views.people import Agents, PastTrainings, Posts
from training.views.sessions import Courses, Enrolments, Sessions
from training.views.templates import Templates
from training.views.themes import Themes
from training.views.tutoring import Agreements

urlpatterns: list = [
    path("suivi/", follow_up.FollowUpPage.as_view(), name="follow-up"),
    path("suivi/agents-et-themes/", follow_up.MatrixPage.as_view(), name="matrix"),
    path("suivi/prevision/", follow_up.ForecastPage.as_view(), name="forecast"),
    path("suivi/bilan/", balance.BalancePage.as_view(), name="balance"),
    path("importer/", imports.TrainingImportHome.as_view(), name="import-home"),
    path("importer/<slug:code>", imports.TrainingUpload.as_view(), name="import-upload"),
    *import_urls(TrainingFile),
    *Agents.urls(),
    *Posts.urls(),
    *PastTrainings.urls(),
    *Courses.urls(),
    *Sessions.urls(),
    *Enrolments.urls(),
    *Templates.urls(),
    *Agreements.urls(),
    *Themes.urls(),
]
