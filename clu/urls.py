"""URLs of the clu app, put together from `clu/routes/`."""

from clu.routes import committees, imports

app_name = "clu"
urlpatterns = [*imports.urlpatterns, *committees.urlpatterns]
