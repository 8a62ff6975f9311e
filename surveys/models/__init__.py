"""Satisfaction and mystery surveys: questionnaires, campaigns, forms received, results."""

from surveys.models.campaigns import Campaign, CollectionPoint, Place, PlannedTest, Scenario
from surveys.models.questionnaires import Question, QuestionEngagement, Questionnaire
from surveys.models.responses import HeaderMatch, Response, SurveyImport, Verbatim
from surveys.models.results import CampaignResult, CriterionFinding, Feedback, Publication, PublicEdition

__all__ = [
    "Campaign",
    "CampaignResult",
    "CollectionPoint",
    "CriterionFinding",
    "Feedback",
    "HeaderMatch",
    "Place",
    "PlannedTest",
    "PublicEdition",
    "Publication",
    "Question",
    "QuestionEngagement",
    "Questionnaire",
    "Response",
    "Scenario",
    "SurveyImport",
    "Verbatim",
]
