"""What the page of a finding says of the survey it comes from, and of those held since."""

from datetime import date
from types import SimpleNamespace

import pytest

from organisations.enums import Role
from surveys import panels
from surveys.enums import CampaignState
from surveys.services import findings
from surveys.services.results import refresh
from tests.actions.factories import FindingFactory
from tests.organisations.factories import SousPrefectureFactory, user_with
from tests.surveys.factories import QuestionFactory, QuestionnaireFactory, ResponseFactory, SurveyCampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    questionnaire = QuestionnaireFactory()
    QuestionFactory(questionnaire=questionnaire, code="attente", label="le délai d’attente")
    return held(SurveyCampaignFactory(questionnaire=questionnaire, significance_threshold=10), satisfied=2)


def held(campaign, *, satisfied):
    for index in range(20):
        level = "satisfied" if index < satisfied else "dissatisfied"
        ResponseFactory(campaign=campaign, answers={"attente": level})
    refresh(campaign)
    campaign.state = CampaignState.CLOSED
    campaign.save()
    return campaign


def shown(finding, user):
    return panels.criteria(SimpleNamespace(user=user), finding)


def test_the_criterion_stands_with_its_figure_and_with_the_surveys_held_since(campaign):
    finding, _ = findings.open_finding(campaign, campaign.questionnaire.questions.get(), by=None)
    later = SurveyCampaignFactory(
        questionnaire=campaign.questionnaire, site=campaign.site, title="Enquête 2022", starts_on=date(2022, 8, 1),
        ends_on=date(2022, 9, 1),
    )  # fmt: skip
    held(later, satisfied=18)
    content = shown(finding, user_with(Role.QUALITY_REFERENT, campaign.site))
    assert [(row.label, row.detail) for row in content.rows] == [
        ("Enquête de satisfaction 2021\u202f: le délai d’attente", "10,0\u202f% (2 sur 20 réponses)"),
        ("Enquête 2022\u202f: le délai d’attente", "90,0\u202f% (18 sur 20 réponses) ▲ en hausse"),
    ]
    assert content.rows[0].url == f"/enquetes/campagnes/{campaign.code}/resultats#critere-attente"


def test_a_finding_of_another_origin_has_no_panel(campaign):
    assert shown(FindingFactory(), user_with(Role.QUALITY_REFERENT, campaign.site)) is None


def test_who_does_not_see_the_survey_sees_nothing_of_it(campaign):
    finding, _ = findings.open_finding(campaign, campaign.questionnaire.questions.get(), by=None)
    assert shown(finding, user_with(Role.QUALITY_REFERENT, SousPrefectureFactory())) is None
