"""Addresses without an account."""

from django.urls import path

from complaints.views import public

urlpatterns: list = [
    path("ecrire/<slug:code>", public.PublicForm.as_view(), name="public-form"),
    path("ecrire/<slug:code>/merci", public.PublicThanks.as_view(), name="public-thanks"),
    path("suivre", public.PublicStatus.as_view(), name="public-status"),
]
