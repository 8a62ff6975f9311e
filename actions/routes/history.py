"""Addresses: histories, the plan on a past day, what changed between two days, extracts and their verification."""

from django.urls import path

from actions.views import history

urlpatterns = [
    path("<int:pk>/historique/", history.PlanHistory.as_view(), name="plan-history"),
    path("constats/<int:pk>/historique/", history.FindingHistory.as_view(), name="finding-history"),
    path("actions/<int:pk>/historique/", history.ActionHistory.as_view(), name="action-history"),
]
