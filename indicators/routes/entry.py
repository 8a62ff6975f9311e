"""« Ma saisie », and the form of one cell."""

from django.urls import path

from indicators.views.entry import CellPage, EntryPage

urlpatterns = [
    path("saisie/", EntryPage.as_view(), name="entry"),
    path("saisie/<int:year>/<int:month>/", EntryPage.as_view(), name="entry"),
    path("saisie/<int:year>/<int:month>/<int:assignment>/", CellPage.as_view(), name="cell"),
]
