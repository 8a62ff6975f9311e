"""« La grille » of a site and year; without them, those of the person."""

from django.urls import path

from indicators.views.grid import GridExport, GridHome, GridPage

urlpatterns = [
    path("grille/", GridHome.as_view(), name="grid"),
    path("grille/<slug:site>/<int:year>/", GridPage.as_view(), name="grid"),
    path("grille/<slug:site>/<int:year>/export/<str:format>/", GridExport.as_view(), name="grid-export"),
]
