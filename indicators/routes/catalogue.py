"""The catalogue, its targets and its assignments."""

from django.urls import path

from indicators.views import assignments, catalogue, targets
from indicators.views.assignment_table import AssignmentTable, AssignmentTableHome

INDICATOR = "catalogue/<slug:code>/"

urlpatterns = [
    path("catalogue/", catalogue.CatalogueList.as_view(), name="catalogue"),
    path("catalogue/affectations/", AssignmentTableHome.as_view(), name="assignment-table"),
    path("catalogue/affectations/<slug:site>/", AssignmentTable.as_view(), name="assignment-table"),
    path("catalogue/nouveau/", catalogue.IndicatorCreate.as_view(), name="indicator-create"),
    path(INDICATOR, catalogue.IndicatorDetail.as_view(), name="indicator"),
    path(f"{INDICATOR}modifier/", catalogue.IndicatorEdit.as_view(), name="indicator-edit"),
    path(f"{INDICATOR}copier/", catalogue.IndicatorCopy.as_view(), name="indicator-copy"),
    path(f"{INDICATOR}ne-plus-suivre/", catalogue.IndicatorStop.as_view(), name="indicator-stop"),
    path(f"{INDICATOR}reprendre/", catalogue.IndicatorResume.as_view(), name="indicator-resume"),
    path(f"{INDICATOR}historique/", catalogue.IndicatorHistory.as_view(), name="indicator-history"),
    *targets.Targets.urls(),
    *assignments.Assignments.urls(),
]
