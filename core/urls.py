"""URLs of core."""

from core.pages.routes import holidays, jobs, seals, search, site

app_name = "core"
urlpatterns = [
    *holidays.urlpatterns,
    *site.urlpatterns,
    *jobs.urlpatterns,
    *seals.urlpatterns,
    *search.urlpatterns,
]
