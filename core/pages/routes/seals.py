"""Pages of the seals of history."""

from django.urls import path

from core.pages.views import seals

urlpatterns = [
    path("historique/sceaux/", seals.SealList.as_view(), name="seals"),
    path("historique/sceaux/verifier", seals.SealVerify.as_view(), name="seals-verify"),
]
