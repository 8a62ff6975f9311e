"""URLs of organisations."""

app_name = "organisations"
urlpatterns = []
