"""URLs of core."""

from core.routes import jobs, site

app_name = "core"
urlpatterns = [*site.urlpatterns, *jobs.urlpatterns]
