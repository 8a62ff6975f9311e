"""URLs of core."""

from core.routes import site

app_name = "core"
urlpatterns = [*site.urlpatterns]
