"""Satisfaction rates as indicators: the month's forms, of all criteria or of the point numérique; the rows add up."""

from datetime import date

import pytest

from indicators.collectors import Measured, collectors
from surveys.enums import LEAST, CampaignState, QuestionKind
from surveys.satisfaction_rates import DIGITAL_HELP, GLOBAL
from surveys.services.results import refresh
from tests.organisations.factories import SousPrefectureFactory
from tests.surveys.factories import QuestionFactory, QuestionnaireFactory, ResponseFactory, SurveyCampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign():
    questionnaire = QuestionnaireFactory()
    QuestionFactory(questionnaire=questionnaire, code="attente", label="le délai d’attente")
    QuestionFactory(questionnaire=questionnaire, code="point-numerique", label="le point numérique")
    QuestionFactory(questionnaire=questionnaire, code="svi", kind=QuestionKind.YES_NO)
    campaign = SurveyCampaignFactory(questionnaire=questionnaire)
    for day, answers in (
        (date(2021, 9, 1), {"attente": "satisfied", "point-numerique": "na", "svi": "no"}),
        (date(2021, 9, 2), {"attente": "dissatisfied", "point-numerique": "very_satisfied"}),
        (date(2021, 10, 1), {"attente": "satisfied"}),
    ):
        ResponseFactory.create_batch(LEAST, campaign=campaign, answered_on=day, answers=answers)
    return campaign


@pytest.mark.parametrize("is_closed", [False, True])
def test_the_figure_of_a_month_is_made_of_its_forms(campaign, is_closed):
    if is_closed:
        refresh(campaign)
        campaign.state = CampaignState.CLOSED
        campaign.save()
    site = campaign.site
    assert GLOBAL.compute(site, 2021, 9) == Measured(numerator=10, denominator=15)
    assert GLOBAL.compute(site, 2021, 10) == Measured(numerator=5, denominator=5)
    assert GLOBAL.compute(site, 2021, 11) is None
    assert GLOBAL.compute(site, 2020, 9) is None
    assert DIGITAL_HELP.compute(site, 2021, 9) == Measured(numerator=5, denominator=5)
    assert DIGITAL_HELP.compute(site, 2021, 10) is None


def test_a_month_of_fewer_than_five_forms_has_no_figure_nor_has_the_one_that_would_tell_it(campaign):
    ResponseFactory(campaign=campaign, answered_on=date(2021, 11, 2), answers={"attente": "satisfied"})
    assert GLOBAL.compute(campaign.site, 2021, 11) is None
    assert GLOBAL.compute(campaign.site, 2021, 10) is None
    assert GLOBAL.compute(campaign.site, 2021, 9) == Measured(numerator=10, denominator=15)


def test_the_rows_behind_add_up_to_the_figure(campaign):
    told = [(case.month, case.why, case.is_counted, case.is_favourable) for case in GLOBAL.cases(campaign.site, 2021)]
    assert told == [
        (9, "5 réponses satisfaites", True, True),
        (9, "5 réponses insatisfaites", True, False),
        (9, "5 réponses satisfaites", True, True),
        (9, "5 réponses « non concerné »", False, False),
        (10, "5 réponses satisfaites", True, True),
    ]
    assert all(case.url.startswith(f"/enquetes/campagnes/{campaign.code}/resultats#critere-") for case in
               GLOBAL.cases(campaign.site, 2021))  # fmt: skip


def test_a_site_without_a_survey_that_asks_it_is_not_concerned(campaign):
    assert (GLOBAL.concerns(campaign.site), DIGITAL_HELP.concerns(campaign.site)) == (True, True)
    assert not GLOBAL.concerns(SousPrefectureFactory())
    campaign.questionnaire.questions.get(code="point-numerique").delete()
    assert (GLOBAL.concerns(campaign.site), DIGITAL_HELP.concerns(campaign.site)) == (True, False)
    campaign.state = CampaignState.DRAFT
    campaign.save()
    assert not GLOBAL.concerns(campaign.site)


def test_an_indicator_may_name_them():
    assert {"survey_satisfaction", "survey_digital_help"} <= {code for code, _ in collectors.choices()}
