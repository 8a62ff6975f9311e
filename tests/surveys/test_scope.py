"""Who sees the surveys of a site, and what the public may read."""

from datetime import UTC, date, datetime

import pytest

from organisations.enums import Role
from organisations.permissions import ROLE_PERMISSIONS, P
from surveys.enums import CampaignState, Channel, Kind, PublicationKind
from surveys.models import Campaign, CollectionPoint, Question, QuestionEngagement, Questionnaire, Response, Verbatim
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with
from tests.surveys.factories import (
    CollectionPointFactory,
    PublicationFactory,
    PublicEditionFactory,
    QuestionEngagementFactory,
    QuestionFactory,
    QuestionnaireFactory,
    ResponseFactory,
    SurveyCampaignFactory,
    VerbatimFactory,
)

pytestmark = pytest.mark.django_db
TODAY = date(2021, 9, 1)


@pytest.fixture
def site():
    return SousPrefectureFactory()


@pytest.fixture
def agent(site):
    return user_with(Role.RECEPTION_AGENT, ServiceFactory(parent=site))


def test_a_survey_of_the_site_is_seen_from_its_services_and_from_nowhere_else(site, agent):
    campaign = SurveyCampaignFactory(site=site)
    SurveyCampaignFactory(site=SousPrefectureFactory(parent=site.parent))
    ResponseFactory(campaign=campaign)
    VerbatimFactory(response__campaign=campaign)
    VerbatimFactory()
    stranger = user_with(Role.RECEPTION_AGENT, ServiceFactory(parent=SousPrefectureFactory(parent=site.parent)))
    assert list(Campaign.objects.visible_to(agent)) == [campaign]
    assert [model.objects.visible_to(agent).count() for model in (Response, Verbatim)] == [2, 1]
    assert [model.objects.visible_to(stranger).filter(**{path: campaign}).count() for model, path in (
        (Response, "campaign"), (Verbatim, "response__campaign"),
    )] == [0, 0]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "is_seen"),
    [(CampaignState.DRAFT, False), (CampaignState.OPEN, False), (CampaignState.CLOSED, True)],
)
def test_a_mystery_campaign_shows_itself_to_those_it_tests_once_closed(site, agent, state, is_seen):
    campaign = SurveyCampaignFactory(site=site, kind=Kind.MYSTERY, state=state)
    runs = user_with(Role.QUALITY_REFERENT, site)
    elsewhere = user_with(Role.QUALITY_REFERENT, SousPrefectureFactory())
    seen = [campaign in Campaign.objects.visible_to(user) for user in (agent, runs, elsewhere)]
    assert seen == [is_seen, True, False]


def test_who_runs_surveys_elsewhere_does_not_see_a_mystery_campaign_of_the_own_site(site, agent):
    campaign = SurveyCampaignFactory(site=site, kind=Kind.MYSTERY)
    agent.memberships.create(unit=SousPrefectureFactory(), role=Role.QUALITY_REFERENT, valid_from=date(2015, 1, 1))
    assert campaign not in Campaign.objects.visible_to(agent)


def test_a_questionnaire_is_common_or_of_one_s_site(site, agent):
    common, own = QuestionnaireFactory(), QuestionnaireFactory(site=site)
    QuestionEngagementFactory(question=QuestionFactory(questionnaire=own))
    QuestionEngagementFactory(question__questionnaire=QuestionnaireFactory(site=SousPrefectureFactory()))
    assert set(Questionnaire.objects.visible_to(agent)) == {common, own}
    assert [model.objects.visible_to(agent).count() for model in (Question, QuestionEngagement)] == [1, 1]
    assert list(Questionnaire.objects.visible_to(user_with(Role.TECHNICAL_ADMIN, site))) == []


def test_a_mystery_grid_shows_itself_once_a_campaign_of_the_site_was_closed_with_it(site, agent):
    common = QuestionnaireFactory(kind=Kind.MYSTERY)
    own = QuestionnaireFactory(kind=Kind.MYSTERY, site=site)
    runs = user_with(Role.QUALITY_REFERENT, site)
    other = SousPrefectureFactory()
    SurveyCampaignFactory(questionnaire=common, site=other, kind=Kind.MYSTERY, state=CampaignState.CLOSED)
    campaign = SurveyCampaignFactory(questionnaire=own, site=site, kind=Kind.MYSTERY)
    assert set(Questionnaire.objects.visible_to(agent)) == set()
    assert set(Questionnaire.objects.visible_to(runs)) == {common, own}
    campaign.state = CampaignState.CLOSED
    campaign.save()
    assert set(Questionnaire.objects.visible_to(agent)) == {own}


def test_a_common_grid_is_seen_by_who_runs_surveys_anywhere_and_that_of_a_site_by_who_runs_them_there(site):
    common, own = QuestionnaireFactory(kind=Kind.MYSTERY), QuestionnaireFactory(kind=Kind.MYSTERY, site=site)
    elsewhere = user_with(Role.QUALITY_REFERENT, SousPrefectureFactory())
    elsewhere.memberships.create(unit=site, role=Role.RECEPTION_AGENT, valid_from=date(2015, 1, 1))
    assert set(Questionnaire.objects.visible_to(elsewhere)) == {common}
    assert own not in Questionnaire.objects.visible_to(elsewhere)


def test_every_role_that_runs_surveys_sees_them():
    runs = [role for role, permissions in ROLE_PERMISSIONS.items() if P.SURVEY_EDIT in permissions]
    assert [role for role in runs if P.SURVEY_VIEW not in ROLE_PERMISSIONS[role]] == []


@pytest.mark.parametrize(
    ("state", "withdrawn_at", "is_public"),
    [
        (CampaignState.CLOSED, None, True),
        (CampaignState.CLOSED, datetime(2022, 1, 3, tzinfo=UTC), False),
        (CampaignState.OPEN, None, False),
    ],
)
def test_the_public_reads_the_edition_in_force_of_a_closed_survey(state, withdrawn_at, is_public):
    campaign = SurveyCampaignFactory(state=state)
    PublicEditionFactory(campaign=campaign, withdrawn_at=withdrawn_at)
    PublicationFactory(campaign=SurveyCampaignFactory(), kind=PublicationKind.POSTER_A4)
    assert (campaign in Campaign.objects.published()) is is_public


@pytest.mark.parametrize(
    ("expires_on", "is_active", "takes_forms"),
    [(None, True, True), (TODAY, True, True), (date(2021, 8, 31), True, False), (None, False, False)],
)
def test_a_point_takes_forms_until_its_last_day_while_it_is_in_service(expires_on, is_active, takes_forms):
    point = CollectionPointFactory(expires_on=expires_on, is_active=is_active)
    assert (point in CollectionPoint.objects.in_service(TODAY)) is takes_forms


def test_the_points_that_need_an_account_are_not_for_the_public():
    for channel in Channel:
        CollectionPointFactory(channel=channel)
    shown = set(CollectionPoint.objects.public().values_list("channel", flat=True))
    assert shown == {Channel.WEB, Channel.QR, Channel.TABLET}
