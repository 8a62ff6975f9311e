"""What agents, readers and tested services see of a campaign."""

import pytest

from organisations.enums import Role
from surveys.services import campaigns
from tests.organisations.factories import ServiceFactory, SousPrefectureFactory, user_with
from tests.surveys.factories import (
    CollectionPointFactory,
    QuestionFactory,
    SurveyCampaignFactory,
)
from tests.surveys.views.campaigns.conftest import actions, url

pytestmark = pytest.mark.django_db


def test_an_agent_of_a_service_opens_the_survey_of_its_site_and_only_collects(client, site, campaign):
    tablet = CollectionPointFactory(campaign=campaign, channel="tablet", label="Tablette du hall")
    client.force_login(user_with(Role.RECEPTION_AGENT, ServiceFactory(parent=site)))
    page = client.get(url("campaign", "enquete-2026"))
    assert "Lancer la tablette" in page.text
    assert tablet.token in page.text
    assert {"Modifier", "Clore la campagne"} & set(actions(page)) == set()
    assert client.get(url("campaign-close", "enquete-2026")).status_code == 403
    assert client.post(url("paper-form", "enquete-2026", "fr")).status_code == 302


def test_an_agent_does_not_see_the_surveys_of_other_sites(client, site, campaign):
    client.force_login(user_with(Role.RECEPTION_AGENT, ServiceFactory(parent=SousPrefectureFactory())))
    assert client.get(url("campaign", "enquete-2026")).status_code == 404
    assert client.get(url("campaigns")).context_data["count"] == 0


def test_a_reader_sees_the_counter_and_not_the_addresses_that_take_forms(client, site, campaign):
    point = CollectionPointFactory(campaign=campaign, channel="qr")
    client.force_login(user_with(Role.MANAGEMENT, site))
    page = client.get(url("campaign", "enquete-2026"))
    assert "retour sur 300" in page.text
    assert point.token not in page.text


def test_the_tested_service_sees_nothing_of_a_mystery_campaign_before_its_closing(client, site, rq):
    mystery = SurveyCampaignFactory(site=site, kind="mystery", code="appels", title="Appels mystère")
    QuestionFactory(questionnaire=mystery.questionnaire)
    head = user_with(Role.HEAD_OF_SERVICE, ServiceFactory(parent=site))
    assert client.get(url("campaign", "appels")).status_code == 200
    client.force_login(head)
    assert client.get(url("campaign", "appels")).status_code == 404
    campaigns.close(mystery, by=rq)
    assert client.get(url("campaign", "appels")).status_code == 200
