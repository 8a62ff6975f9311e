"""URLs of core."""

from core.routes import holidays, jobs, seals, site

app_name = "core"
urlpatterns = [*holidays.urlpatterns, *site.urlpatterns, *jobs.urlpatterns, *seals.urlpatterns]
