"""URLs of the training app, put together from `training/routes/`."""

from training.routes import pages

app_name = "training"
urlpatterns = [*pages.urlpatterns]
