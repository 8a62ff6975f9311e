"""URLs of the complaints app, put together from `complaints/routes/`."""

from complaints.routes import cases, public, steering

app_name = "complaints"
urlpatterns = [*public.urlpatterns, *steering.urlpatterns, *cases.urlpatterns]
