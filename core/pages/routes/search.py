"""Search."""

from django.urls import path

from core.pages.views import search

urlpatterns = [path("recherche", search.SearchPage.as_view(), name="search")]
