"""The tablet's pages: what its script sends and reads, and forms kept even when the point is out of service."""

import re
import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from organisations.enums import Role
from surveys.enums import CampaignState
from surveys.forms import public as forms
from surveys.models import Campaign, CollectionPoint, Question, Response
from surveys.services import intake, public
from tests.organisations.factories import user_with
from tests.surveys.factories import CollectionPointFactory, QuestionFactory

pytestmark = pytest.mark.django_db
URL = "/enquetes/borne/tablette/"
SCRIPT = {"HTTP_ACCEPT": "application/json"}
KEY = uuid.UUID(int=3)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2021, 9, 15, 10, tzinfo=ZoneInfo("Europe/Paris")), tick=False) as clock:
        yield clock


@pytest.fixture
def point():
    point = CollectionPointFactory(token="tablette", channel="tablet")
    fields = {"questionnaire": point.campaign.questionnaire}
    QuestionFactory(**fields, code="courtoisie", position=1, label_en="courtesy")
    QuestionFactory(**fields, code="profil", position=2, kind="text", label="Vous êtes", is_required=True)
    return point


def send(client, **changes):
    data = {"cle": str(KEY), "langue": "fr", "jour": "2021-09-14", "q-courtoisie": "satisfied", "q-profil": "usager"}
    return client.post(URL, data | changes, **SCRIPT, HTTP_X_FORM_TOKEN=token())


def token() -> str:
    return forms.token_of(CollectionPoint.objects.get())


SAVED = {"outcome": "saved", "sentence": ""}


def test_the_page_carries_what_its_script_needs(client, point):
    page = client.get(URL).content.decode()
    assert 'data-state-url="/enquetes/borne/tablette/etat"' in page
    assert 'data-worker-url="/enquetes/borne/service.js"' in page
    assert 'data-many="{n} réponses en attente d’envoi"' in page
    assert '<a href="?langue=en#debut" lang="en" hreflang="en" data-language>English</a>' in page
    assert 'data-missing="« Vous êtes »' in page
    assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=", page)


def test_a_form_is_received_with_the_day_it_was_filled_in(client, point):
    response = send(client)
    assert (response.status_code, response.json()) == (200, SAVED | {"late": False})
    row = Response.objects.get()
    assert (row.key, row.answered_on, row.channel) == (KEY, date(2021, 9, 14), "tablet")


def test_the_same_form_by_the_page_the_queue_and_a_service_is_one_response(client, point):
    by_queue = [send(client) for _ in range(2)]
    data = {"cle": str(KEY), "langue": "fr", "q-courtoisie": "satisfied", "q-profil": "usager", "jeton": token()}
    by_pages = [client.post(path, data) for path in (URL, "/enquetes/r/tablette/")]
    _row, is_new = intake.receive(
        point.campaign, key=KEY, answers={"courtoisie": "na"}, channel="paper", answered_on=date(2021, 9, 14)
    )
    _rows, known = intake.receive_many(
        point.campaign, [intake.Received(KEY, {"courtoisie": "na"}, "file", date(2021, 9, 14))]
    )
    assert [answer.status_code for answer in (*by_queue, *by_pages)] == [200, 200, 302, 302]
    assert (is_new, known) == (False, 1)
    row = Response.objects.get()
    assert (row.answers["courtoisie"], row.channel) == ("satisfied", "tablet")


def test_an_empty_form_leaves_the_queue_of_the_tablet(client, point):
    Question.objects.update(is_required=False)
    assert send(client, **{"q-courtoisie": "", "q-profil": ""}).json() == SAVED
    assert not Response.objects.exists()


def test_a_form_sent_again_is_received_once(client, point):
    assert [send(client).json()["outcome"] for _ in range(3)] == ["saved"] * 3
    assert Response.objects.count() == 1


def test_a_form_that_cannot_be_kept_is_refused_in_a_sentence(client, point):
    response = send(client, **{"q-profil": ""})
    assert response.status_code == 422
    assert response.json()["outcome"] == "refused"
    assert response.json()["sentence"].endswith("choisissez une réponse.")


def test_a_form_waits_past_the_limit_and_before_the_opening(client, point, monkeypatch):
    monkeypatch.setattr(public, "LIMITS", {"tablet": 0})
    response = send(client)
    assert (response.status_code, response["Retry-After"], response.json()["outcome"]) == (429, "300", "later")
    Campaign.objects.update(state=CampaignState.DRAFT)
    assert send(client).json()["outcome"] == "later"
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Campaign, {"state": CampaignState.CLOSED}),
        (CollectionPoint, {"is_active": False}),
        (CollectionPoint, {"expires_on": date(2021, 9, 14)}),
    ],
)
def test_forms_held_by_a_tablet_are_kept_after_the_end_and_set_aside(client, point, model, changes):
    model.objects.update(**changes)
    assert send(client).json() == SAVED | {"late": True}
    assert Response.objects.get().withdrawn_at is not None
    assert client.get(URL + "etat").json()["open"] is False


@pytest.mark.parametrize(
    ("model", "changes", "status", "sentence"),
    [
        (Campaign, {"state": CampaignState.CLOSED}, 200, "L’enquête est close"),
        (CollectionPoint, {"is_active": False}, 404, "Ce lien n’est pas en service"),
    ],
)
def test_a_page_that_takes_no_answer_still_sends_what_waits(client, point, model, changes, status, sentence):
    model.objects.update(**changes)
    response = client.get(URL)
    page = response.content.decode()
    assert (response.status_code, sentence in page, "<form" in page) == (status, True, False)
    assert "js/kiosk.js" in page
    assert "data-kiosk-state" in page


def test_a_fresh_token_serves_to_send(point):
    client = Client(enforce_csrf_checks=True)
    data = {"cle": str(KEY), "q-profil": "usager"}
    assert client.post(URL, data, **SCRIPT).json()["outcome"] == "token"
    state = client.get(URL + "etat")
    assert state.json()["open"] is True
    assert "no-store" in state["Cache-Control"]
    assert client.post(URL, data, **SCRIPT, headers={"X-Form-Token": state.json()["token"]}).status_code == 200
    assert list(client.cookies) == []


def test_the_wrong_clock_of_a_tablet_is_put_right(client, point):
    """Filled in two days ago by a tablet that lives fifteen days late."""
    now = datetime(2021, 8, 31, 10).timestamp() * 1000
    clock = {"HTTP_X_DEVICE_CLOCK": str(now), "HTTP_X_FORM_TOKEN": token()}
    data = {"cle": str(KEY), "q-profil": "usager", "jour": "2021-08-29", "rempli": str(now - 2 * 86_400_000)}
    assert client.post(URL, data, **SCRIPT, **clock).json()["outcome"] == "saved"
    assert Response.objects.get().answered_on == date(2021, 9, 13)


def test_a_device_where_somebody_is_signed_in_is_prepared_first(client, point):
    client.force_login(user_with(Role.QUALITY_REFERENT, point.campaign.site))
    page = client.get(URL)
    assert "Transformer cet appareil en borne" in page.text
    assert ("data-kiosk-state" in page.text, "X-Kiosk" in page) == (False, False)
    done = client.post(f"{URL}preparer")
    assert (done.status_code, done.url, done["Clear-Site-Data"]) == (302, URL, '"cache", "cookies"')
    assert client.cookies["sessionid"].value == ""
    assert "data-kiosk-state" in client.get(URL).text


def test_the_notices_open_inside_the_tablet(client, point):
    page = client.get(URL).text
    assert 'data-open="mentions"' in page
    assert "Données personnelles" in page
    assert 'href="/mentions-legales"' not in page


def test_without_script_the_tablet_page_works_like_that_of_the_web(client, point):
    response = client.post(URL, {"cle": str(KEY), "q-profil": "usager", "jeton": token()})
    assert response.url.startswith("/enquetes/r/tablette/merci?langue=fr&suite=")
    assert client.get(response.url).status_code == 200


def test_only_a_tablet_has_the_tablet_page(client, point):
    CollectionPoint.objects.update(channel="web")
    assert [client.get(URL).status_code, client.get(URL + "etat").status_code, send(client).status_code] == [404] * 3


def test_the_service_worker_answers_for_the_pages_of_tablets(client):
    response = client.get("/enquetes/borne/service.js")
    assert response["Content-Type"].startswith("text/javascript")
    assert 'const STATIC = "/static/";' in response.text
    assert re.search(r'const CACHE = "enquetes\\u002Dborne\\u002D[0-9a-f]{12}";', response.text)


def test_the_pages_cost_the_same_queries_whatever_the_questions(client, point, django_assert_num_queries):
    for _ in range(2):
        with django_assert_num_queries(2):
            client.get(URL)
        with django_assert_num_queries(1):
            client.get(URL + "etat")
        QuestionFactory.create_batch(10, questionnaire=point.campaign.questionnaire)
