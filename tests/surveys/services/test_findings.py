"""A weak criterion opens a finding in the plan that follows the survey, once."""

import pytest

from actions.models import Finding, Plan
from core.base.errors import UserError
from surveys.enums import CampaignState, Kind, QuestionKind
from surveys.models import CriterionFinding
from surveys.services import findings
from surveys.services.results import refresh
from tests.actions.factories import PlanFactory
from tests.organisations.factories import UserFactory
from tests.referential.factories import EngagementFactory
from tests.surveys.factories import (
    QuestionEngagementFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    SurveyCampaignFactory,
)

pytestmark = pytest.mark.django_db
TITLE = "Suites de l’enquête – Enquête de satisfaction 2021"


@pytest.fixture
def campaign():
    questionnaire = QuestionnaireFactory()
    QuestionFactory(questionnaire=questionnaire, code="attente", label="le délai d’attente", position=1)
    QuestionFactory(questionnaire=questionnaire, code="confort", label="le confort", position=2)
    campaign = SurveyCampaignFactory(questionnaire=questionnaire, significance_threshold=4)
    for attente in ("satisfied", "dissatisfied", "dissatisfied", "dissatisfied"):
        ResponseFactory(campaign=campaign, answers={"attente": attente})
    return close(campaign)


def close(campaign):
    refresh(campaign)
    campaign.state = CampaignState.CLOSED
    campaign.save()
    return campaign


def question(campaign, code="attente"):
    return campaign.questionnaire.questions.get(code=code)


def test_the_finding_says_the_figure_its_base_and_its_interval(campaign):
    engagement = EngagementFactory()
    QuestionEngagementFactory(question=question(campaign), engagement=engagement)
    user = UserFactory()
    finding, is_new = findings.open_finding(campaign, question(campaign), by=user)
    assert (is_new, finding.kind, finding.theme, list(finding.engagements.all())) == (
        True, "weakness", "reception", [engagement],
    )  # fmt: skip
    assert finding.text == (
        "Enquête de satisfaction 2021 : 25\u202f% de satisfaits sur « le délai d’attente » "
        "(1 sur 4 réponses ; intervalle de confiance à 95\u202f% : de 5\u202f% à 70\u202f%)."
    ).replace(" ;", "\u202f;").replace(" :", "\u202f:")
    plan = finding.plan
    assert (plan.title, plan.origin, plan.site, plan.origin_on) == (
        TITLE, "satisfaction_survey", campaign.site, campaign.ends_on,
    )  # fmt: skip
    assert CriterionFinding.history.get().history_user == user


def test_a_second_click_gives_the_same_finding(campaign):
    first, _ = findings.open_finding(campaign, question(campaign), by=None)
    again, is_new = findings.open_finding(campaign, question(campaign), by=None)
    assert (again, is_new, Finding.objects.count()) == (first, False, 1)


def test_the_criteria_of_a_campaign_share_its_plan_even_renamed(campaign):
    first, _ = findings.open_finding(campaign, question(campaign), by=None)
    Plan.objects.filter(pk=first.plan_id).update(title="Autre titre")
    for _ in range(4):
        ResponseFactory(campaign=campaign, answers={"confort": "dissatisfied"})
    refresh(campaign)
    second, _ = findings.open_finding(campaign, question(campaign, "confort"), by=None)
    assert second.plan_id == first.plan_id


def test_a_plan_already_opened_under_its_title_is_used(campaign):
    plan = PlanFactory(site=campaign.site, title=TITLE)
    assert findings.open_finding(campaign, question(campaign), by=None)[0].plan == plan


def test_a_mystery_criterion_opens_a_finding_of_its_own_origin():
    questionnaire = QuestionnaireFactory(kind=Kind.MYSTERY)
    svi = QuestionFactory(questionnaire=questionnaire, code="svi", kind=QuestionKind.YES_NO, label="SVI")
    campaign = SurveyCampaignFactory(kind=Kind.MYSTERY, questionnaire=questionnaire, significance_threshold=1)
    ResponseFactory(campaign=campaign, answers={"svi": "no"})
    finding, _ = findings.open_finding(close(campaign), svi, by=None)
    assert finding.plan.origin == "mystery_survey"
    assert "« SVI », 0\u202f% de oui (0 sur 1 tests évalués" in finding.text


def test_an_open_campaign_founds_no_finding(campaign):
    campaign.state = CampaignState.OPEN
    campaign.save()
    with pytest.raises(UserError, match="Attendez la clôture"):
        findings.open_finding(campaign, question(campaign), by=None)


def test_a_withheld_percentage_founds_no_finding(campaign):
    with pytest.raises(UserError, match="n’est pas significatif"):
        findings.open_finding(campaign, question(campaign, "confort"), by=None)


def test_a_question_of_another_survey_is_refused(campaign):
    with pytest.raises(UserError, match="n’est pas de cette enquête"):
        findings.open_finding(campaign, QuestionFactory(code="attente"), by=None)
