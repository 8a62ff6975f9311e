"""Addresses: what came out of a campaign: results, free texts, answers to the public."""

from django.urls import path

from surveys.views import feedbacks, results, verbatims

CAMPAIGN = "campagnes/<slug:code>"
TEXT = f"{CAMPAIGN}/commentaires/<int:pk>/<slug:question>"

urlpatterns: list = [
    path(f"{CAMPAIGN}/resultats", results.ResultsPage.as_view(), name="results"),
    path(f"{CAMPAIGN}/resultats/<slug:cut>", results.ResultsCut.as_view(), name="results-cut"),
    path(
        f"{CAMPAIGN}/telecharger/<slug:part>.<slug:extension>", results.ResultsExport.as_view(), name="results-export"
    ),
    path(f"{CAMPAIGN}/criteres/<slug:question>/constat", results.OpenFinding.as_view(), name="open-finding"),
    path(f"{CAMPAIGN}/commentaires", verbatims.Verbatims.as_view(), name="verbatims"),
    path(f"{CAMPAIGN}/commentaires/montrer", verbatims.VerbatimsShown.as_view(), name="verbatims-shown"),
    path(f"{TEXT}/classer", verbatims.VerbatimTag.as_view(), name="verbatim-tag"),
    path(f"{TEXT}/masquer", verbatims.VerbatimHide.as_view(), name="verbatim-hide"),
    path(f"{TEXT}/montrer", verbatims.VerbatimShow.as_view(), name="verbatim-show"),
    path(f"{CAMPAIGN}/reponses-aux-usagers", feedbacks.Feedbacks.as_view(), name="feedbacks"),
    *feedbacks.FeedbackPages.urls(),
]
