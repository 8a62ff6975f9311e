"""Forms received, for those who run the survey."""

from datetime import datetime

import pytest
from django.utils import timezone

from organisations.enums import Role
from surveys.enums import CampaignState
from surveys.models import Campaign, Response
from tests.core.page_checks import check_list_page
from tests.organisations.factories import user_with
from tests.surveys.factories import PlaceFactory, QuestionFactory, ResponseFactory, SurveyCampaignFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaign(client):
    campaign = SurveyCampaignFactory(code="hall")
    QuestionFactory(questionnaire=campaign.questionnaire, code="courtoisie", position=1, label="la courtoisie")
    QuestionFactory(questionnaire=campaign.questionnaire, code="suggestions", kind="text", position=2, label="Un mot")
    client.force_login(user_with(Role.QUALITY_REFERENT, campaign.site))
    return campaign


def test_the_list_costs_the_same_queries_whatever_its_rows(client, campaign):
    def make():
        ResponseFactory(campaign=campaign, place=PlaceFactory(site=campaign.site), entered_by=user_with(
            Role.RECEPTION_AGENT, campaign.site
        ))  # fmt: skip

    check_list_page(client, "/enquetes/campagnes/hall/formulaires", make, queries=8)


def test_the_list_tells_those_set_aside_and_why(client, campaign):
    ResponseFactory(campaign=campaign, number="1")
    ResponseFactory(
        campaign=campaign, number="2", withdrawn_at=timezone.now(), withdrawn_reason="Reçu après la clôture."
    )
    page = client.get("/enquetes/campagnes/hall/formulaires").text
    assert "Compte" in page
    assert "Écarté" in page
    assert "Reçu après la clôture." in page
    for state, number in (("compte", "1"), ("ecarte", "2")):
        table = client.get(f"/enquetes/campagnes/hall/formulaires?state={state}").context_data["table"]
        assert [row.record.number for row in table.rows] == [number]


def test_a_form_shows_its_answers_in_words(client, campaign):
    row = ResponseFactory(campaign=campaign, answers={"courtoisie": "na", "suggestions": "<b>Merci</b>"})
    page = client.get(f"/enquetes/formulaires/{row.pk}").text
    assert "<dt>1. La courtoisie</dt><dd>Non concerné</dd>" in page
    assert "<dt>2. Un mot</dt><dd>&lt;b&gt;Merci&lt;/b&gt;</dd>" in page


def test_a_form_is_set_aside_with_a_reason_and_taken_back(client, campaign):
    row = ResponseFactory(campaign=campaign)
    url = f"/enquetes/formulaires/{row.pk}"
    assert client.post(f"{url}/ecarter", {"reason": ""}).status_code == 200
    assert client.post(f"{url}/ecarter", {"reason": "Essai de la tablette"}).url == url
    assert Response.objects.get().withdrawn_reason == "Essai de la tablette"
    assert "Reprendre dans les résultats" in client.get(url).text
    client.post(f"{url}/reprendre", {"reason": ""})
    assert Response.objects.counted().count() == 1
    assert "Essai de la tablette" in client.get(f"{url}/historique").text


def test_the_forms_of_a_closed_survey_do_not_change(client, campaign):
    row = ResponseFactory(campaign=campaign)
    Campaign.objects.update(state=CampaignState.CLOSED, closed_at=datetime(2021, 12, 4).astimezone())
    assert "Écarter des résultats" not in client.get(f"/enquetes/formulaires/{row.pk}").text
    response = client.post(f"/enquetes/formulaires/{row.pk}/ecarter", {"reason": "Trop tard"})
    assert "L’enquête est close : rouvrez-la" in response.text
    assert Response.objects.counted().count() == 1


def test_only_those_who_run_the_survey_read_single_forms(client, campaign):
    row = ResponseFactory(campaign=campaign)
    client.force_login(user_with(Role.HEAD_OF_SERVICE, campaign.site))
    for url in ("/enquetes/campagnes/hall/formulaires", f"/enquetes/formulaires/{row.pk}"):
        assert client.get(url).status_code == 403
    client.force_login(user_with(Role.QUALITY_REFERENT, SurveyCampaignFactory().site))
    for url in ("/enquetes/campagnes/hall/formulaires", f"/enquetes/formulaires/{row.pk}"):
        assert client.get(url).status_code == 404
