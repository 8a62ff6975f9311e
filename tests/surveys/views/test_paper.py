"""Typing of paper forms in the page: with and without its script, refusals, the last one corrected."""

import re
import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from organisations.enums import Role
from surveys.enums import CampaignState
from surveys.models import Campaign, Response
from tests.organisations.factories import user_with
from tests.surveys.factories import PlaceFactory, QuestionFactory, ResponseFactory, SurveyCampaignFactory

pytestmark = pytest.mark.django_db
SCRIPT = {"HTTP_ACCEPT": "application/json", "HTTP_X_SAVING": "1"}
URL = "/enquetes/campagnes/papier/saisie"


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2021, 9, 15, 10, tzinfo=ZoneInfo("Europe/Paris")), tick=False) as clock:
        yield clock


@pytest.fixture
def campaign():
    campaign = SurveyCampaignFactory(code="papier")
    QuestionFactory(questionnaire=campaign.questionnaire, code="courtoisie", position=1, label="la courtoisie")
    QuestionFactory(questionnaire=campaign.questionnaire, code="suggestions", kind="text", position=2)
    return campaign


@pytest.fixture
def agent(client, campaign):
    agent = user_with(Role.RECEPTION_AGENT, campaign.site)
    client.force_login(agent)
    return agent


def data(**changes):
    fields = {"cle": str(uuid.uuid4()), "answered_on": "2021-09-14", "number": "7", "language": "fr"}
    return fields | {"q-courtoisie": "satisfied"} | changes


def text_of(response):
    return re.sub(r"[ \n]+", " ", response.content.decode())


def test_each_answer_shows_its_digit(client, agent):
    page = text_of(client.get(URL))
    assert re.findall(r'data-digit="(.)"', page) == ["1", "2", "3", "4", "0"]
    assert "<strong data-count>0</strong>" in page
    assert 'min="2021-08-06"' in page
    assert 'max="2021-12-03"' in page


def test_a_form_is_recorded_and_the_next_one_takes_over_its_head(client, agent, campaign):
    place = PlaceFactory(site=campaign.site)
    response = client.post(URL, data(place=place.pk), follow=True)
    page = text_of(response)
    row = Response.objects.get()
    assert (row.channel, row.entered_by, row.place, row.number) == ("paper", agent, place, "7")
    assert "Formulaire n° 7 enregistré." in page
    assert "<strong data-count>1</strong>" in page
    assert 'value="8"' in page
    assert f'<option value="{place.pk}" selected>' in page
    assert 'value="2021-09-14"' in page
    assert f'href="/enquetes/formulaires/{row.pk}/corriger"' in page


def test_the_script_reads_what_became_of_a_form(client, agent):
    response = client.post(URL, data(), **SCRIPT)
    row = Response.objects.get()
    assert response.json() == {
        "outcome": "saved",
        "sentence": "Formulaire n° 7 enregistré.",
        "count": 1,
        "number": "8",
        "last_label": "n° 7",
        "correct_url": f"/enquetes/formulaires/{row.pk}/corriger",
    }


def test_a_form_sent_twice_is_recorded_once(client, agent):
    form = data()
    assert [client.post(URL, form, **SCRIPT).status_code for _ in range(3)] == [200] * 3
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"answered_on": "2021-08-01"}, "Le 01/08/2021 est hors de la campagne (du 06/08/2021 au 03/12/2021)."),
        ({"answered_on": "2021-09-16"}, "Le 16/09/2021 est à venir : vérifiez la date."),
        ({"q-courtoisie": ""}, "Ce formulaire est vide : tapez au moins une réponse."),
        ({"q-courtoisie": "9"}, "« la courtoisie » : « 9 » n’est pas une réponse proposée."),
        ({"answered_on": ""}, "Ce champ est obligatoire."),
    ],
)
def test_a_refusal_is_a_sentence_with_and_without_script(client, agent, changes, sentence):
    response = client.post(URL, data(**changes), **SCRIPT)
    assert (response.status_code, response.json()) == (422, {"outcome": "refused", "sentence": sentence})
    response = client.post(URL, data(**changes))
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert not Response.objects.exists()


def test_a_refused_form_keeps_its_answers_and_its_key(client, agent):
    key = str(uuid.uuid4())
    page = text_of(client.post(URL, data(cle=key, answered_on="", **{"q-suggestions": "Des <sièges>"})))
    assert 'value="satisfied" data-digit="2" checked' in page
    assert "Des &lt;sièges&gt;" in page
    assert f'name="cle" value="{key}"' in page


def test_a_form_without_a_key_is_not_recorded(client, agent):
    assert client.post(URL, data(cle="x")).status_code == 200
    assert not Response.objects.exists()


def test_a_place_of_another_site_is_refused(client, agent):
    elsewhere = PlaceFactory()
    assert client.post(URL, data(place=elsewhere.pk), **SCRIPT).status_code == 422


@pytest.mark.parametrize("state", [CampaignState.DRAFT, CampaignState.CLOSED])
def test_a_campaign_that_is_not_open_says_so(client, agent, state):
    Campaign.objects.update(state=state)
    page = text_of(client.get(URL))
    assert "La campagne n’est pas ouverte." in page
    assert "data-paper" not in page
    assert client.post(URL, data(), **SCRIPT).status_code == 422


def test_a_mystery_campaign_has_no_paper(client, agent):
    Campaign.objects.update(kind="mystery", state=CampaignState.CLOSED)
    assert client.get(URL).status_code == 404


def test_the_last_form_is_corrected_and_its_history_tells(client, agent):
    client.post(URL, data())
    row = Response.objects.get()
    url = f"/enquetes/formulaires/{row.pk}/corriger"
    assert 'value="satisfied" data-digit="2" checked' in text_of(client.get(url))
    response = client.post(url, data(number="8", **{"q-courtoisie": "dissatisfied"}))
    assert (response.status_code, response.url) == (302, URL)
    row.refresh_from_db()
    assert (row.answers, row.number) == ({"courtoisie": "dissatisfied"}, "8")
    assert row.history.get().history_user == agent


def test_a_wrong_correction_is_told_and_changes_nothing(client, agent):
    row = ResponseFactory(
        campaign=Campaign.objects.get(), channel="paper", entered_by=agent, answers={"courtoisie": "satisfied"}
    )
    url = f"/enquetes/formulaires/{row.pk}/corriger"
    assert "est hors de la campagne" in text_of(client.post(url, data(answered_on="2020-01-01")))
    assert "Ce champ est obligatoire" in text_of(client.post(url, data(answered_on="")))
    assert "n’est pas une réponse proposée" in text_of(client.post(url, data(**{"q-courtoisie": "9"})))
    row.refresh_from_db()
    assert (row.answered_on, row.answers) == (date(2021, 9, 1), {"courtoisie": "satisfied"})


def test_an_agent_corrects_only_what_they_typed(client, agent):
    row = ResponseFactory(campaign=Campaign.objects.get(), channel="paper")
    url = f"/enquetes/formulaires/{row.pk}/corriger"
    assert client.get(url).status_code == 403
    client.force_login(user_with(Role.QUALITY_REFERENT, row.campaign.site))
    assert client.get(url).status_code == 200


def test_a_form_of_the_public_is_not_corrected(client, agent):
    row = ResponseFactory(campaign=Campaign.objects.get(), channel="web")
    assert client.get(f"/enquetes/formulaires/{row.pk}/corriger").status_code == 404


def test_the_page_costs_the_same_queries_whatever_was_typed(client, agent, django_assert_num_queries):
    client.post(URL, data())
    client.get(URL)  # reads what the page says of the form, which the session then forgets
    for _ in range(2):
        with django_assert_num_queries(10):
            client.get(URL)
        QuestionFactory.create_batch(5, questionnaire=Campaign.objects.get().questionnaire)
        ResponseFactory.create_batch(3, campaign=Campaign.objects.get(), channel="paper", entered_by=agent)
