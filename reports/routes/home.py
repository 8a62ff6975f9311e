"""The home page."""

from django.urls import path

from reports.views.home import HomePage

urlpatterns = [path("", HomePage.as_view(), name="home")]
