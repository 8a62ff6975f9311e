"""URLs of organisations: one's own account, then units, people and roles."""

from django.urls import include, path

from organisations.routes import account, people, units

app_name = "organisations"
urlpatterns = [
    path("compte/", include(account.urlpatterns)),
    path("organisation/", include([*units.urlpatterns, *people.urlpatterns])),
]
