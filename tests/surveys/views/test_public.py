"""The questionnaire without an account: three languages, no script, errors, thanks, and plain words when it is over."""

import re
import uuid
from datetime import date, datetime
from urllib.parse import parse_qs, urlencode, urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from surveys.enums import CampaignState
from surveys.forms import public as forms
from surveys.models import CollectionPoint, Question, Response
from surveys.services import public
from tests.surveys.factories import CollectionPointFactory, QuestionFactory

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
    ours = {} if "jeton" in changes else {"jeton": token()}
    data = {"cle": KEY, "langue": "fr", "q-courtoisie": "satisfied", "q-profil": "usager"} | ours | changes
    return client.post(url(), data)


def token() -> str:
    return forms.token_of(CollectionPoint.objects.get())


def outcome(response) -> str:
    """What the page of thanks is told, by the view that knows."""
    assert response.status_code == 302
    assert response.url.startswith(url("merci", "?langue="))
    return parse_qs(urlsplit(response.url).query)["suite"][0].split(":")[1]


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
    assert outcome(response) == "received"
    row = Response.objects.get()
    assert row.answers == {"courtoisie": "satisfied", "suggestions": "<b>Bravo</b>", "profil": "usager"}
    assert (str(row.key), row.channel, row.answered_on) == (KEY, "web", date(2021, 9, 15))
    assert "Merci de votre avis" in text_of(client.get(response.url))


def test_a_form_sent_twice_gives_one_response(client, point):
    assert [outcome(send(client)) for _ in range(3)] == ["received", "known", "known"]
    assert Response.objects.count() == 1
    assert "elles comptent une fois" in text_of(client.get(send(client).url))


def test_other_answers_under_the_same_key_are_a_correction_within_minutes(client, point, clock):
    send(client)
    clock.move_to(datetime(2021, 9, 15, 10, 5, tzinfo=PARIS))
    response = send(client, **{"q-courtoisie": "dissatisfied"})
    assert (outcome(response), Response.objects.get().answers["courtoisie"]) == ("corrected", "dissatisfied")
    assert Response.history.get().history_change_reason == "Corrigé par qui répond"
    assert "Vos réponses sont corrigées" in text_of(client.get(response.url))


def test_other_answers_under_the_same_key_later_are_another_form_received_once(client, point, clock):
    send(client)
    clock.move_to(datetime(2021, 9, 15, 11, tzinfo=PARIS))
    other = {"q-courtoisie": "dissatisfied"}
    assert [outcome(send(client, **other)) for _ in range(2)] == ["received", "known"]
    found = sorted(row.answers["courtoisie"] for row in Response.objects.all())
    assert found == ["dissatisfied", "satisfied"]


def test_the_page_of_thanks_thanks_for_nothing_by_itself(client, point):
    for query in ("", "?suite=received", "?suite=jeton-du-hall:received:x"):
        assert client.get(url("merci", query)).url == url()
    page = text_of(client.get(send(client).url))
    assert f'href="{url()}?langue=fr"' in page
    assert "Donner un autre avis" in page


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
def test_a_form_that_is_not_ours_is_drawn_again_and_never_thanked(client, point, forged):
    response = send(client, **forged)
    assert (response.status_code, "Vérifiez vos réponses" in text_of(response)) == (200, True)
    assert not Response.objects.exists()


@pytest.mark.parametrize("wrong", ["", "1:2:3", "old", "other"])
def test_a_form_whose_token_is_over_comes_back_with_its_answers_in_its_language(client, point, clock, wrong):
    sent = {"old": token(), "other": forms.token_of(CollectionPoint(pk=99))}.get(wrong, wrong)
    clock.move_to(datetime(2021, 9, 16, 11, tzinfo=PARIS))
    page = text_of(send(client, jeton=sent, langue="en"))
    assert "Please check your answers" in page
    assert 'value="satisfied" checked' in page
    assert not Response.objects.exists()
    again = re.search(r'name="jeton" value="([^"]+)"', page)[1]
    assert outcome(send(client, jeton=again)) == "received"


def test_the_visitor_gets_no_cookie_at_all_and_needs_none(point):
    client = Client(enforce_csrf_checks=True)
    client.get(url())
    client.get(send(client).url)
    assert (list(client.cookies), Response.objects.count()) == ([], 1)


def test_nothing_of_the_form_stays_in_the_browser(client, point):
    for response in (client.get(url()), send(client, **{"q-profil": ""}), client.get(send(client).url)):
        assert "no-store" in response["Cache-Control"]


def test_a_script_is_told_where_the_thanks_are(client, point):
    script = {"headers": {"X-Saving": "1", "Accept": "application/json"}}
    data = {"cle": KEY, "langue": "fr", "q-profil": "usager", "jeton": token()}
    told = client.post(url(), data, **script).json()
    assert (told["outcome"], told["url"].startswith(url("merci"))) == ("saved", True)
    refused = client.post(url(), data | {"cle": str(uuid.uuid4()), "q-profil": ""}, **script)
    assert (refused.status_code, refused.json()["outcome"]) == (422, "refused")


@pytest.mark.parametrize("typed", ["K7QF3M", "k7q-f3m", "K7Q F3M", "k7qf3m/"])
def test_the_address_on_paper_is_typed_as_one_likes(client, point, typed):
    type(point).objects.update(code="K7QF3M")
    assert client.get(f"/avis/{typed}", follow=True).request["PATH_INFO"] == url()
    assert client.get("/avis/", {"code": typed.strip("/")}).url == url()


def test_a_code_that_leads_nowhere_says_so(client, point):
    answer = client.get("/avis/ZZZ-ZZZ")
    assert (answer.status_code, "ce code n’est pas en service" in answer.text) == (404, True)


@pytest.mark.parametrize(("status", "words"), [(404, "Page not found"), (405, "Nothing to read here")])
def test_errors_of_the_public_are_in_their_layout_and_language(client, point, status, words):
    path = "/enquetes/r/jeton-du-hall/merci/non?langue=en" if status == 404 else f"{url('merci')}?langue=en"
    answer = client.get(path) if status == 404 else client.put(path)
    assert (answer.status_code, words in answer.text, "Se connecter" in answer.text) == (status, True, False)


def test_past_the_limit_the_answers_stay_in_the_page(client, point, monkeypatch):
    monkeypatch.setattr(public, "LIMITS", {"web": 0})
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
    assert outcome(response) == "late"
    assert "Votre réponse est arrivée après la fin : elle est gardée" in text_of(client.get(response.url))
    assert Response.objects.get().withdrawn_reason.startswith("Reçu après la clôture")


def test_a_form_opened_before_the_closing_and_sent_a_moment_after_counts(client, point, clock):
    opened = token()
    closed_at = datetime(2021, 9, 15, 10, 2, tzinfo=PARIS)
    type(point.campaign).objects.update(state=CampaignState.CLOSED, closed_at=closed_at)
    clock.move_to(datetime(2021, 9, 15, 10, 5, tzinfo=PARIS))
    assert outcome(send(client, jeton=opened)) == "received"
    assert outcome(send(client, cle=str(uuid.uuid4()))) == "late"


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
    for response in (client.get(url()), send(client, jeton=""), client.get(url("merci"))):
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
    drawn = token()
    one_form = (
        6 if settings.IS_SQLITE else 3
    )  # point, questions, and the count with the form: a transaction or one WITH

    thanked = parse_qs(urlsplit(send(client).url).query)["suite"][0]

    def check(questions):
        assert point.campaign.questionnaire.questions.count() == questions
        with django_assert_num_queries(2):  # the point with its campaign, the questions
            client.get(url())
        with django_assert_num_queries(1):
            client.get(url("merci", f"?{urlencode({'suite': thanked})}"))
        with django_assert_num_queries(one_form):
            send(client, cle=str(uuid.uuid4()), jeton=drawn)

    send(client)
    check(5)
    QuestionFactory.create_batch(15, questionnaire=point.campaign.questionnaire)
    check(20)


def test_ten_megabytes_of_text_are_refused_in_a_sentence(client, point):
    response = send(client, **{"q-suggestions": "a" * 10 * 1024 * 1024})
    assert response.status_code == 413
    assert "Vos réponses sont trop longues" in text_of(response)
    assert "Se connecter" not in text_of(response)
    assert not Response.objects.exists()
