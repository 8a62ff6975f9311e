"""The catalogue, its targets and its assignments."""

from django.urls import path

from indicators.views import assignments, catalogue, targets

INDICATOR = "catalogue/<slug:code>/"
TARGET = "cibles/<int:pk>/"
ASSIGNMENT = "affectations/<int:pk>/"

urlpatterns = [
    path("catalogue/", catalogue.CatalogueList.as_view(), name="catalogue"),
    path("catalogue/nouveau/", catalogue.IndicatorCreate.as_view(), name="indicator-create"),
    path(INDICATOR, catalogue.IndicatorDetail.as_view(), name="indicator"),
    path(f"{INDICATOR}modifier/", catalogue.IndicatorEdit.as_view(), name="indicator-edit"),
    path(f"{INDICATOR}copier/", catalogue.IndicatorCopy.as_view(), name="indicator-copy"),
    path(f"{INDICATOR}ne-plus-suivre/", catalogue.IndicatorStop.as_view(), name="indicator-stop"),
    path(f"{INDICATOR}reprendre/", catalogue.IndicatorResume.as_view(), name="indicator-resume"),
    path(f"{INDICATOR}historique/", catalogue.IndicatorHistory.as_view(), name="indicator-history"),
    path(f"{INDICATOR}cibles/ajouter/", targets.TargetCreate.as_view(), name="target-create"),
    path(f"{TARGET}modifier/", targets.TargetEdit.as_view(), name="target-edit"),
    path(f"{TARGET}supprimer/", targets.TargetRemove.as_view(), name="target-remove"),
    path(f"{TARGET}historique/", targets.TargetHistory.as_view(), name="target-history"),
    path(f"{INDICATOR}affecter/", assignments.AssignmentCreate.as_view(), name="assignment-create"),
    path(f"{ASSIGNMENT}modifier/", assignments.AssignmentEdit.as_view(), name="assignment-edit"),
    path(f"{ASSIGNMENT}retirer/", assignments.AssignmentRemove.as_view(), name="assignment-remove"),
    path(f"{ASSIGNMENT}historique/", assignments.AssignmentHistory.as_view(), name="assignment-history"),
]
