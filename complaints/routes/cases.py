"""Addresses: cases, their balance, the tally, imports."""

from django.urls import path

from complaints.imports.register import ComplaintsFile
from complaints.imports.tally import TallyFile
from complaints.views import cases, imports, statistics, tally
from core.importing.urls import import_urls

urlpatterns: list = [
    *cases.Cases.urls(),
    path("bilan", statistics.Statistics.as_view(), name="statistics"),
    path("oral", tally.TallyPage.as_view(), name="tally"),
    path("oral/retirer", tally.TallyUndo.as_view(), name="tally-undo"),
    path("oral/liste", tally.TallyList.as_view(), name="tallies"),
    path("importer/", imports.ComplaintsImportHome.as_view(), name="import-home"),
    path("importer/<slug:code>", imports.RegisterUpload.as_view(), name="import-upload"),
    path("importer-oral/<slug:code>", imports.TallyUpload.as_view(), name="tally-import-upload"),
    *import_urls(ComplaintsFile),
    *import_urls(TallyFile, at="imports-oral/"),
]
