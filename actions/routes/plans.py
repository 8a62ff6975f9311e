"""Addresses: plans and findings."""

from django.urls import path

from actions.views import actions, findings, plans, rows

PLAN = "<int:pk>/"
FINDING = "constats/<int:pk>/"

urlpatterns = [
    path("", plans.PlanList.as_view(), name="plans"),
    path("nouveau/", plans.PlanCreate.as_view(), name="plan-create"),
    path(PLAN, plans.PlanPage.as_view(), name="plan"),
    path(f"{PLAN}modifier/", plans.PlanEdit.as_view(), name="plan-edit"),
    path(f"{PLAN}retirer/", plans.PlanRemove.as_view(), name="plan-remove"),
    path(f"{PLAN}ligne/", rows.PlanRowWrite.as_view(), name="plan-row"),
    path(f"{PLAN}constats/ajouter/", findings.FindingCreate.as_view(), name="finding-create"),
    path(FINDING, findings.FindingPage.as_view(), name="finding"),
    path(f"{FINDING}modifier/", findings.FindingEdit.as_view(), name="finding-edit"),
    path(f"{FINDING}retirer/", findings.FindingRemove.as_view(), name="finding-remove"),
    path(f"{FINDING}actions/ajouter/", actions.ActionCreate.as_view(), name="action-create"),
]
