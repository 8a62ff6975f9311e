"""URLs of referential."""

app_name = "referential"
urlpatterns = []
