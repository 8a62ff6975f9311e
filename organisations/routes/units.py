"""Units and closed days."""

from django.urls import path

from core.importing.urls import import_urls
from organisations.imports.closed_days import ClosedDaysFile
from organisations.imports.directory import DirectoryFile
from organisations.views import closed_days, directory, places, units

urlpatterns = [
    path("lieu", places.PlacePage.as_view(), name="place"),
    path("unites/", units.UnitTree.as_view(), name="units"),
    path("unites/ajouter", units.UnitCreate.as_view(), name="unit-create"),
    path("unites/<slug:code>/", units.UnitDetail.as_view(), name="unit"),
    path("unites/<slug:code>/personnes", units.UnitPeople.as_view(), name="unit-people"),
    path("unites/<slug:code>/historique", units.UnitHistory.as_view(), name="unit-history"),
    path("unites/<slug:code>/modifier", units.UnitEdit.as_view(), name="unit-edit"),
    path("unites/<slug:code>/fermer", units.UnitClose.as_view(), name="unit-close"),
    path("unites/<slug:code>/rouvrir", units.UnitReopen.as_view(), name="unit-reopen"),
    path("unites/<slug:code>/fermetures/", closed_days.ClosedDayList.as_view(), name="closed-days"),
    path(
        "unites/<slug:code>/fermetures/importer",
        closed_days.ClosedDaysUpload.as_view(),
        name="closed-days-import-upload",
    ),
    path("unites/<slug:code>/importer", directory.DirectoryUpload.as_view(), name="directory-import-upload"),
    *import_urls(DirectoryFile, at="imports/"),
    *import_urls(ClosedDaysFile, at="fermetures/imports/"),
    *closed_days.ClosedDays.urls(),
    path("delai", closed_days.Delay.as_view(), name="delay"),
]
