"""« La grille » of a site and year; without them, those of the person."""

from django.urls import path

from indicators.views.grid import GridExport, GridHome, GridPage
from indicators.views.grid_cells import GridCells
from indicators.views.years import YearCopy

urlpatterns = [
    path("grille/", GridHome.as_view(), name="grid"),
    path("grille/<slug:site>/<int:year>/", GridPage.as_view(), name="grid"),
    path("grille/<slug:site>/<int:year>/cases/", GridCells.as_view(), name="grid-cells"),
    path("grille/<slug:site>/<int:year>/reprendre/", YearCopy.as_view(), name="year-copy"),
    path("grille/<slug:site>/<int:year>/export/<str:format>/", GridExport.as_view(), name="grid-export"),
]
