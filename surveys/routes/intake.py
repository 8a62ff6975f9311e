"""Addresses: intake. Those of the public are short, since they are printed and typed."""

from django.urls import path

from surveys.views import public

urlpatterns: list = [
    path("r/<slug:token>/", public.Questionnaire.as_view(), name="respond"),
    path("r/<slug:token>/merci", public.Thanks.as_view(), name="thanks"),
]
