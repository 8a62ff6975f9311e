"""Addresses on paper: short enough to be typed."""

from django.urls import path, re_path

from surveys.views.public import ShortAddress

urlpatterns = [
    path("", ShortAddress.as_view(), name="surveys-code"),
    re_path(r"^(?P<code>[^/]+)/?$", ShortAddress.as_view(), name="surveys-short"),
]
