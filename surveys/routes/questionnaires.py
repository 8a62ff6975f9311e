"""Addresses: questionnaires and their questions."""

from django.urls import path

from surveys.views import questionnaires as pages
from surveys.views import questions

urlpatterns: list = [
    path("questionnaires/", pages.QuestionnaireList.as_view(), name="questionnaires"),
    path("questionnaires/nouveau", pages.QuestionnaireCreate.as_view(), name="questionnaire-create"),
    path("questionnaires/<int:pk>", pages.QuestionnaireDetail.as_view(), name="questionnaire"),
    path("questionnaires/<int:pk>/apercu", pages.QuestionnairePreview.as_view(), name="questionnaire-preview"),
    path("questionnaires/<int:pk>/modifier", pages.QuestionnaireEdit.as_view(), name="questionnaire-edit"),
    path("questionnaires/<int:pk>/adapter", pages.QuestionnaireCopy.as_view(), name="questionnaire-copy"),
    path(
        "questionnaires/<int:pk>/nouvelle-version",
        pages.QuestionnaireNewVersion.as_view(),
        name="questionnaire-new-version",
    ),
    path("questionnaires/<int:pk>/supprimer", pages.QuestionnaireRemove.as_view(), name="questionnaire-remove"),
    path("questionnaires/<int:pk>/historique", pages.QuestionnaireHistory.as_view(), name="questionnaire-history"),
    *questions.Questions.urls(),
]
