"""Addresses: intake. Those of the public are short, since they are printed and typed."""

from django.urls import path

from surveys.views import kiosk, public

urlpatterns: list = [
    path("r/<slug:token>/", public.Questionnaire.as_view(), name="respond"),
    path("r/<slug:token>/merci", public.Thanks.as_view(), name="thanks"),
    path("borne/<slug:token>/", kiosk.Kiosk.as_view(), name="kiosk"),
    path("borne/<slug:token>/etat", kiosk.KioskState.as_view(), name="kiosk-state"),
    path("borne/service.js", kiosk.Worker.as_view(), name="kiosk-worker"),
]
