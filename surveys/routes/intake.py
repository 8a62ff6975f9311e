"""Addresses: intake. Those of the public are short, since they are printed and typed."""

from django.urls import path

from surveys.views import kiosk, paper, public, responses

urlpatterns: list = [
    path("r/<slug:token>/", public.Questionnaire.as_view(), name="respond"),
    path("r/<slug:token>/merci", public.Thanks.as_view(), name="thanks"),
    path("borne/<slug:token>/", kiosk.Kiosk.as_view(), name="kiosk"),
    path("borne/<slug:token>/preparer", kiosk.Prepare.as_view(), name="kiosk-prepare"),
    path("borne/<slug:token>/etat", kiosk.KioskState.as_view(), name="kiosk-state"),
    path("borne/service.js", kiosk.Worker.as_view(), name="kiosk-worker"),
    path("campagnes/<slug:code>/saisie", paper.PaperEntry.as_view(), name="paper"),
    path("formulaires/<int:pk>/corriger", paper.PaperCorrection.as_view(), name="response-correct"),
    path("campagnes/<slug:code>/formulaires", responses.ResponseList.as_view(), name="responses"),
    path("formulaires/<int:pk>", responses.ResponseDetail.as_view(), name="response"),
    path("formulaires/<int:pk>/ecarter", responses.ResponseSetAside.as_view(), name="response-set-aside"),
    path("formulaires/<int:pk>/reprendre", responses.ResponseTakeBack.as_view(), name="response-take-back"),
    path("formulaires/<int:pk>/historique", responses.ResponseHistory.as_view(), name="response-history"),
]
