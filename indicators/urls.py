"""URLs of the indicators, put together from `indicators/routes/`."""

from indicators.routes import campaigns, catalogue, dashboards, effects, entry, grid, imports

app_name = "indicators"
urlpatterns = [
    *entry.urlpatterns,
    *grid.urlpatterns,
    *dashboards.urlpatterns,
    *campaigns.urlpatterns,
    *imports.urlpatterns,
    *effects.urlpatterns,
    *catalogue.urlpatterns,
]
