"""Addresses: histories, the plan on a past day, what changed between two days, extracts and their verification."""

from django.urls import path

from actions.views import as_of, difference, extracts, history

urlpatterns = [
    path("<int:pk>/historique/", history.PlanHistory.as_view(), name="plan-history"),
    path("constats/<int:pk>/historique/", history.FindingHistory.as_view(), name="finding-history"),
    path("actions/<int:pk>/historique/", history.ActionHistory.as_view(), name="action-history"),
    path("etat/", as_of.PlanOnADayHome.as_view(), name="as-of"),
    path("etat/<slug:site>/", as_of.PlanOnADay.as_view(), name="as-of"),
    path("etat/<slug:site>/extrait/", extracts.ExtractPage.as_view(), name="extract"),
    path("changements/", difference.DifferenceHome.as_view(), name="difference"),
    path("changements/<slug:site>/", difference.DifferencePage.as_view(), name="difference"),
    path("extraits/", extracts.ExtractList.as_view(), name="extracts"),
    path("extraits/verifier/", extracts.VerifyPage.as_view(), name="verify"),
]
