"""The questionnaire without an account: three languages, no script, errors, thanks, and plain words when it is over."""

import re
import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from surveys.enums import CampaignState
from surveys.models import Question, Response
from surveys.services import public
from tests.survey_factories import CollectionPointFactory, QuestionFactory

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
KEY = str(uuid.UUID(int=7))


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(datetime(2021, 9, 15, 10, tzinfo=PARIS), tick=False) as clock:
        yield clock


@pytest.fixture
def point():
    point = CollectionPointFactory(token="jeton-du-hall")
    questionnaire = point.campaign.questionnaire
    questionnaire.introduction, questionnaire.introduction_en = "Votre avis compte.", "Your opinion counts."
    questionnaire.save()
    fields = {"questionnaire": questionnaire}
    QuestionFactory(
        **fields, code="courtoisie", position=1, label="la courtoisie", label_easy="Politesse", label_en="courtesy"
    )
    called = QuestionFactory(**fields, code="appel", position=2, kind="yes_no", label="Avez-vous téléphoné ?")
    QuestionFactory(**fields, code="transfert", position=3, shown_if=called, shown_if_answers=["yes"])
    QuestionFactory(**fields, code="suggestions", position=4, kind="text", label="Vos suggestions")
    profiles = [{"code": "usager", "label": "Usager"}, {"code": "pro", "label": "Professionnel"}]
    QuestionFactory(
        **fields, code="profil", position=5, kind="choice", label="Vous êtes", is_required=True, choices=profiles
    )
    return point


def url(page="", query=""):
    return f"/enquetes/r/jeton-du-hall/{page}{query}"


def send(client, **changes):
    data = {"cle": KEY, "langue": "fr", "q-courtoisie": "satisfied", "q-profil": "usager"} | changes
    return client.post(url(), data)


def text_of(response):
    return re.sub(r"[ \n]+", " ", response.content.decode())


def test_the_page_shows_the_questions_with_their_conditions_in_words(client, point):
    page = text_of(client.get(url()))
    assert '<html lang="fr"' in page
    assert "Votre avis compte." in page
    assert page.count("<fieldset") == page.count("<legend") == 5
    assert "Répondez seulement si vous avez répondu « Oui » à la question 2." in page
    assert point.campaign.site.name in page


def test_the_page_speaks_english_and_says_what_it_lacks(client, point):
    page = text_of(client.get(url(query="?langue=en")))
    assert '<html lang="en"' in page
    assert "Your opinion counts." in page
    assert "<span>Courtesy</span>" in page
    assert '<span lang="fr">Avez-vous téléphoné ?</span>' in page
    assert "Send my answers" in page


def test_the_page_speaks_easy_french(client, point):
    page = text_of(client.get(url(query="?langue=fr-easy")))
    assert '<html lang="fr"' in page
    assert "<span>Politesse</span>" in page
    assert "Pas content du tout" in page


def test_a_point_may_open_in_another_language_and_an_unknown_one_is_french(client, point):
    point.language = "en"
    point.save()
    assert '<html lang="en"' in text_of(client.get(url()))
    assert '<html lang="fr"' in text_of(client.get(url(query="?langue=fr")))
    point.campaign.questionnaire.questions.update(label_en="")
    assert '<html lang="fr"' in text_of(client.get(url()))


def test_each_page_draws_a_key_of_its_own(client, point):
    keys = {re.search(r'name="cle" value="([^"]+)"', text_of(client.get(url())))[1] for _ in range(3)}
    assert len(keys) == 3


def test_a_form_sent_is_recorded_and_thanked(client, point):
    response = send(client, **{"q-suggestions": "<b>Bravo</b>", "q-transfert": "satisfied"})
    assert (response.status_code, response.url) == (302, url("merci", "?langue=fr"))
    row = Response.objects.get()
    assert row.answers == {"courtoisie": "satisfied", "suggestions": "<b>Bravo</b>", "profil": "usager"}
    assert (str(row.key), row.channel, row.answered_on) == (KEY, "web", date(2021, 9, 15))
    assert "Merci de votre avis" in text_of(client.get(response.url))


def test_a_form_sent_twice_gives_one_response(client, point):
    assert [send(client).status_code for _ in range(3)] == [302, 302, 302]
    assert Response.objects.count() == 1


def test_a_form_with_a_slip_comes_back_with_its_answers_and_its_key(client, point):
    response = send(client, **{"q-profil": "", "q-suggestions": "<script>alert(1)</script>"})
    page = text_of(response)
    assert response.status_code == 200
    assert "<title>Erreur – Votre avis" in page
    assert '<a href="#question-profil">« Vous êtes » : choisissez une réponse.</a>' in page
    assert 'value="satisfied" checked' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert f'name="cle" value="{KEY}"' in page
    assert not Response.objects.exists()


def test_slips_are_told_in_the_language_of_the_form(client, point):
    page = text_of(send(client, langue="en", **{"q-profil": "", "q-suggestions": "a" * 5001}))
    assert "2 answers need your attention" in page
    assert "“Vous êtes”: please choose an answer." in page
    assert "“Vos suggestions”: your text is too long, 5,000 characters at most." in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("fr", "Répondez à au moins une question, puis envoyez."), ("en", "Please answer at")],
)
def test_an_empty_form_is_not_thanked(client, point, language, words):
    Question.objects.update(is_required=False)
    response = send(client, langue=language, **{"q-courtoisie": "", "q-profil": ""})
    assert response.status_code == 200
    assert words in text_of(response)
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "forged", [{"cle": "x"}, {"site_web": "http://exemple.invalid"}, {"q-courtoisie": "9"}, {"q-autre": "1"}]
)
def test_a_forged_form_is_thanked_and_nothing_is_kept(client, point, forged):
    response = send(client, **forged)
    assert (response.status_code, response.url) == (302, url("merci", "?langue=fr"))
    assert not Response.objects.exists()


def test_a_form_without_the_protection_token_is_refused(point):
    client = Client(enforce_csrf_checks=True)
    assert send(client).status_code == 403
    client.get(url())
    assert send(client, csrfmiddlewaretoken=client.cookies["csrftoken"].value).status_code == 302
    assert Response.objects.count() == 1


def test_the_visitor_gets_the_protection_cookie_and_nothing_else(client, point):
    client.get(url())
    send(client)
    client.get(url("merci"))
    assert list(client.cookies) == ["csrftoken"]


def test_past_the_limit_the_answers_stay_in_the_page(client, point, monkeypatch):
    monkeypatch.setattr(public, "LIMIT", 0)
    response = send(client)
    assert (response.status_code, response["Retry-After"]) == (429, "300")
    page = text_of(response)
    assert "Vos réponses sont gardées dans cette page" in page
    assert 'value="satisfied" checked' in page


@pytest.mark.parametrize(
    ("changes", "day", "sentences"),
    [
        ({"state": CampaignState.CLOSED}, 15, ["L’enquête est close", "Elle ne reçoit plus de réponse."]),
        ({"ends_on": date(2021, 9, 14)}, 15, ["L’enquête est close"]),
        ({"state": CampaignState.DRAFT}, 15, ["L’enquête n’est pas encore ouverte", "Revenez à partir du 06/08/2021."]),
        ({"starts_on": date(2021, 9, 16)}, 15, ["Revenez à partir du 16/09/2021."]),
    ],
)
def test_a_survey_that_takes_no_answer_says_so(client, point, changes, day, sentences):
    type(point.campaign).objects.filter(pk=point.campaign.pk).update(**changes)
    page = text_of(client.get(url()))
    assert [sentence for sentence in sentences if sentence not in page] == []
    assert "<form" not in page


def test_a_form_filled_while_the_survey_closed_is_kept_and_the_visitor_is_told(client, point):
    type(point.campaign).objects.update(state=CampaignState.CLOSED)
    response = send(client)
    assert response.url == url("merci", "?langue=fr&fin=1")
    assert "Votre réponse est arrivée après la fin : elle est gardée" in text_of(client.get(response.url))
    assert Response.objects.get().withdrawn_reason.startswith("Reçu après la clôture")


def test_a_form_sent_before_the_opening_is_told_when_to_come_back(client, point):
    type(point.campaign).objects.update(state=CampaignState.DRAFT)
    assert "Revenez à partir du 06/08/2021." in text_of(send(client))
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [{"is_active": False}, {"expires_on": date(2021, 9, 14)}, {"channel": "investigator"}, {"token": "autre"}],
)
def test_an_address_out_of_service_says_so_to_the_visitor(client, point, changes):
    type(point).objects.update(**changes)
    for response in (client.get(url()), send(client), client.get(url("merci"))):
        assert response.status_code == 404
        assert "Ce lien n’est pas en service" in text_of(response)
    assert "This link is not in service" in text_of(client.get(url(query="?langue=en")))


def test_an_address_serves_until_the_end_of_its_last_day(client, point):
    type(point).objects.update(expires_on=date(2021, 9, 15))
    assert client.get(url()).status_code == 200


def test_a_demonstration_does_not_pose_as_a_site_of_the_state(client, point, settings):
    settings.SITE_BRAND = "Préfet|des Bouches-du-Rhône"
    settings.DEMO = True
    page = text_of(client.get(url()))
    assert "ce site n’est pas un site de l’État" in page
    assert "fr-logo" not in page
    settings.DEMO = False
    page = text_of(client.get(url()))
    assert "n’est pas un site de l’État" not in page
    assert "Préfet<br>des Bouches-du-Rhône" in page


def test_the_pages_cost_the_same_queries_whatever_the_questions(client, point, settings, django_assert_num_queries):
    one_form = (
        6 if settings.IS_SQLITE else 3
    )  # point, questions, and the count with the form: a transaction or one WITH

    def check(questions):
        assert point.campaign.questionnaire.questions.count() == questions
        with django_assert_num_queries(2):  # the point with its campaign, the questions
            client.get(url())
        with django_assert_num_queries(1):
            client.get(url("merci"))
        with django_assert_num_queries(one_form):
            send(client, cle=str(uuid.uuid4()))

    send(client)
    check(5)
    QuestionFactory.create_batch(15, questionnaire=point.campaign.questionnaire)
    check(20)


def test_ten_megabytes_of_text_are_refused_in_a_sentence(client, point):
    response = send(client, **{"q-suggestions": "a" * 10 * 1024 * 1024})
    assert response.status_code == 413
    assert "Ce qui a été envoyé dépasse la taille acceptée." in text_of(response)
    assert not Response.objects.exists()
