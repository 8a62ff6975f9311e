"""The session: it slides with use, its end is told to whoever asks, and signing in leads to a page that can be read."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client
from django.urls import get_resolver

from core.base import registries
from core.pages import errors
from core.pages.sessions import readable, takes_get
from organisations.enums import Role
from tests.organisations.factories import PrefectureFactory, user_with

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 30, 8, tzinfo=ZoneInfo("Europe/Paris"))
LOGIN = "/compte/connexion"
PASSWORD = "un mot de passe assez long"
SCRIPT = {"X-Saving": "1", "Accept": "application/json"}


@pytest.fixture
def person():
    user = user_with(Role.QUALITY_REFERENT, PrefectureFactory())
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, person, **more):
    return client.post(f"{LOGIN}?{more.pop('query', '')}", {"username": person.email, "password": PASSWORD} | more)


def test_a_session_in_use_lasts_and_one_left_alone_ends(client, person):
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, person)
        for hour in (4, 8, 12):
            clock.move_to(MORNING + timedelta(hours=hour))
            assert client.get("/compte/").status_code == 200
        clock.move_to(MORNING + timedelta(hours=21))
        assert client.get("/compte/").url == f"{LOGIN}?next=/compte/&fin=page"


def test_fragments_that_a_page_asks_for_by_itself_are_no_use(client, person):
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, person)
        before = Session.objects.get().expire_date
        clock.move_to(MORNING + timedelta(hours=4))
        client.get("/compte/", headers={"HX-Request": "true"})
        assert Session.objects.get().expire_date == before


def test_the_page_says_what_is_left_and_a_script_may_ask_for_more(client, person):
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, person)
        clock.move_to(MORNING + timedelta(minutes=5))
        page = client.get("/compte/").text
        assert f'data-user="{person.pk}" data-session="{8 * 3600 - 300}"' in page
        answer = client.post("/compte/session", headers=SCRIPT).json()
        assert (answer["outcome"], answer["seconds"], answer["user"]) == ("saved", 8 * 3600, str(person.pk))


def test_a_script_without_a_session_is_told_so_and_signs_in_by_itself(client, person):
    answer = client.post("/compte/session", headers=SCRIPT)
    assert (answer.status_code, answer["X-Session"], answer.json()["outcome"]) == (401, "ended", "session")
    wrong = client.post(LOGIN, {"username": person.email, "password": "non"}, headers=SCRIPT)
    assert (wrong.status_code, wrong.json()["outcome"]) == (422, "refused")
    right = client.post(LOGIN, {"username": person.email, "password": PASSWORD}, headers=SCRIPT)
    assert right.json() == {"outcome": "saved", "sentence": "", "user": str(person.pk)}
    assert client.post("/compte/session", headers=SCRIPT).status_code == 200


def test_a_button_pressed_after_the_end_leads_to_its_page_and_says_that_nothing_was_done(client, person):
    pressed = client.post(
        "/indicateurs/mois/101/recalculer/", headers={"Referer": "http://testserver/plans/actions/?q=a"}
    )
    assert pressed.url == f"{LOGIN}?next=/plans/actions/%3Fq%3Da&fin=envoi"
    assert "Votre session est terminée" in client.get(pressed.url).text
    back = client.post(pressed.url, {"username": person.email, "password": PASSWORD}, follow=True)
    assert back.redirect_chain[0][0] == "/plans/actions/?q=a"
    assert "La session avait pris fin : rien n’a été enregistré, recommencez." in back.text


def test_next_never_leads_to_an_address_that_only_takes_what_it_is_sent(client, person):
    answer = sign_in(client, person, query="next=/indicateurs/mois/101/recalculer/")
    assert answer.url == "/indicateurs/mois/101/"


def routes(patterns, before=""):
    for one in patterns:
        path = f"{before}{one.pattern}"
        if hasattr(one, "url_patterns"):
            yield from routes(one.url_patterns, path)
        else:
            yield path, one.callback


def test_what_is_said_to_be_read_is_read_by_every_page_of_buttons():
    """Of all our pages, those that answer a GET with 405 are the ones known as such."""
    for path, view in routes(get_resolver().url_patterns):
        page = getattr(view, "view_class", None)
        if page is not None and "<" not in path and not takes_get(f"/{path}"):
            assert readable(f"/{path}") != f"/{path}"


@pytest.mark.parametrize("status", [400, 403, 404, 405, 413, 429, 500, 503])
def test_every_status_has_a_page_and_a_sentence_for_scripts(rf, status):
    shown = errors.page(rf.get("/"), status)
    assert (shown.status_code, f"Erreur {status}" in shown.content.decode()) == (status, True)
    told = errors.page(rf.post("/", headers=SCRIPT), status)
    assert told.status_code == status
    assert json.loads(told.content)["sentence"].startswith(f"{errors.WORDS[status][0]}. ")


def test_the_address_of_a_button_says_so_instead_of_nothing(client, person):
    client.force_login(person)
    answer = client.get("/compte/deconnexion")
    assert (answer.status_code, answer["Allow"]) == (405, "POST, OPTIONS")
    assert "C’est l’adresse d’un bouton" in answer.text


def test_a_database_that_does_not_answer_is_to_be_tried_again(client, person, monkeypatch):
    def fails(*args, **kwargs):
        raise OperationalError("connection refused")

    client.force_login(person)
    client.raise_request_exception = False
    monkeypatch.setattr("organisations.views.account.OwnAccount.get_context_data", fails)
    answer = client.get("/compte/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "Service momentanément interrompu" in answer.text


def test_a_protection_token_that_is_over_is_given_again_to_a_script(person):
    client = Client(enforce_csrf_checks=True)
    answer = client.post(LOGIN, {"username": person.email}, headers=SCRIPT)
    assert (answer.status_code, answer.json()["outcome"], "csrftoken" in answer.cookies) == (403, "token", True)


def test_layouts_of_errors_are_known_by_their_code():
    assert len({layout.code for layout in registries.error_layouts}) == len(registries.error_layouts)


def test_a_session_ends_after_a_day_however_much_it_is_used(client, person):
    with time_machine.travel(MORNING, tick=False) as clock:
        sign_in(client, person)
        for hour in range(4, 24, 4):
            clock.move_to(MORNING + timedelta(hours=hour))
            assert client.get("/compte/").status_code == 200
        assert client.post("/compte/session", headers=SCRIPT).json()["seconds"] == 4 * 3600
        key = client.session.session_key
        clock.move_to(MORNING + timedelta(hours=24))
        assert client.get("/compte/").url.startswith(LOGIN)
        assert not Session.objects.filter(session_key=key).exists()


def test_what_is_shown_under_a_session_is_kept_by_no_cache(client, person):
    sign_in(client, person)
    assert client.get("/compte/")["Cache-Control"] == "private, no-store"
    assert client.post("/compte/deconnexion")["Clear-Site-Data"] == '"cache"'


def test_each_sign_in_draws_a_key_that_nobody_guesses_and_ends_the_one_before(client, person):
    keys = []
    for _ in range(2):
        client.post(LOGIN, {"username": person.email, "password": PASSWORD}, headers=SCRIPT)
        keys.append(client.session.session_key)
    assert len(set(keys)) == 2
    assert [len(key) for key in keys] == [32, 32]  # of 36 signs each, drawn by the system: 165 bits
    assert list(Session.objects.values_list("session_key", flat=True)) == [keys[1]]
