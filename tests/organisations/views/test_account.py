"""Sign in, throttle, passwords, invitations."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axes.models import AccessFailureLog
from django.core import mail
from django.test import Client

from core.jobs import run_now
from core.models import Job
from organisations import devices
from organisations.enums import Role
from organisations.links import invitation_link
from organisations.models import User
from tests.organisations.factories import PASSWORD, PrefectureFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db
LOGIN = "/compte/connexion"
HOME = "/"


@pytest.fixture
def claude():
    return UserFactory(email="claude@example.invalid", password=PASSWORD)


def sign_in(client, email="claude@example.invalid", password=PASSWORD, address="192.0.2.1", **extra):
    return client.post(LOGIN, {"username": email, "password": password}, REMOTE_ADDR=address, **extra)


def fail(client, times, **kwargs):
    return [sign_in(client, password="faux", **kwargs).status_code for _ in range(times)]


def test_the_right_password_signs_in_whatever_the_case_of_the_address(client, claude):
    response = sign_in(client, email=" Claude@Example.INVALID ")
    assert (response.status_code, response.url) == (302, HOME)
    assert client.session["_auth_user_id"] == str(claude.pk)
    assert client.session.get_expiry_age() == 8 * 3600


def test_one_sentence_answers_a_wrong_password_an_unknown_address_and_a_closed_account(client, claude):
    UserFactory(email="parti@example.invalid", password=PASSWORD, is_active=False)
    pages = [
        sign_in(client, password="faux"),
        sign_in(client, email="personne@example.invalid"),
        sign_in(client, email="parti@example.invalid"),
    ]
    sentence = "L’adresse ou le mot de passe n’est pas le bon. Vérifiez les majuscules du mot de passe."
    assert [page.context["form"].non_field_errors() for page in pages] == [[sentence]] * 3


def test_five_failures_suspend_the_account_from_that_address_and_say_until_when(client, claude):
    with time_machine.travel(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False):
        assert fail(client, 5) == [200, 200, 200, 200, 429]
        page = sign_in(client)
    assert page.status_code == 429
    assert page["Retry-After"] == "900"
    assert "le 02/03/2026 à 10 h 15" in page.content.decode()


def test_refused_attempts_do_not_lengthen_the_pause(client, claude):
    with time_machine.travel(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False) as clock:
        fail(client, 5)
        clock.shift(timedelta(minutes=14))
        assert sign_in(client).status_code == 429
        clock.shift(timedelta(minutes=1, seconds=1))
        assert sign_in(client).status_code == 302


def test_the_owner_signs_in_from_another_address_while_one_is_suspended(client, claude):
    fail(client, 5)
    assert sign_in(client, address="198.51.100.7").status_code == 302


def test_changing_the_case_of_the_address_opens_no_new_count(client, claude):
    fail(client, 4)
    assert sign_in(client, email="CLAUDE@example.invalid", password="faux").status_code == 429


def test_addresses_of_one_ipv6_network_share_one_count(client, claude):
    codes = [sign_in(client, password="faux", address=f"2001:db8:0:1::{n:x}").status_code for n in range(1, 6)]
    assert codes == [200, 200, 200, 200, 429]
    assert sign_in(client, address="2001:db8:0:2::1").status_code == 302


def test_a_thousand_addresses_get_at_most_sixty_guesses_evaluated_and_the_owner_stays_at_ease(client, claude):
    owner = client
    assert sign_in(owner).status_code == 302
    owner.post("/compte/deconnexion")
    stranger = type(client)()
    codes = [
        sign_in(stranger, password=f"faux{n}", address=f"10.{n // 250}.{n % 250}.1").status_code for n in range(80)
    ]
    assert codes.count(200) == 60
    assert set(codes[60:]) == {429}
    assert sign_in(stranger, address="203.0.113.9").status_code == 429
    assert sign_in(owner, address="203.0.113.9").status_code == 302


def test_a_known_device_is_counted_too(client, claude):
    sign_in(client)
    client.post("/compte/deconnexion")
    assert fail(client, 5) == [200, 200, 200, 200, 429]


def test_known_devices_have_forty_guesses_a_day_so_that_nobody_has_more_than_a_hundred(client, claude):
    start = datetime(2026, 3, 2, 0, 0, tzinfo=UTC)
    with time_machine.travel(start, tick=False):
        sign_in(client)
        client.post("/compte/deconnexion")
    for turn in range(12):
        with time_machine.travel(start + timedelta(minutes=16 * turn), tick=False):
            fail(client, 6)
    assert AccessFailureLog.objects.filter(username="claude@example.invalid").count() == 40
    with time_machine.travel(start + timedelta(hours=25), tick=False):
        assert sign_in(client).status_code == 302


def test_a_device_is_forgotten_when_the_password_changes(client, claude):
    sign_in(client)
    number = devices.known_number(client.get("/").wsgi_request, claude.email)
    claude.set_password("vT9#kq2LmXe8")
    claude.save()
    assert (len(number), devices.known_number(client.get(LOGIN).wsgi_request, claude.email)) == (16, "")


def test_a_stranger_cannot_use_up_the_count_of_a_known_device_by_borrowing_its_name(client, claude):
    sign_in(client)
    client.post("/compte/deconnexion")
    stranger = type(client)()
    fail(stranger, 5, HTTP_USER_AGENT="[appareil 0123456789abcdef] Firefox")
    assert sign_in(client).status_code == 302


def test_one_password_tried_on_everybody_is_stopped_by_network(client):
    codes = [
        sign_in(client, email=f"agent{n}@example.invalid", password="Printemps2026").status_code for n in range(105)
    ]
    assert (codes.count(200), codes.count(429)) == (100, 5)


def test_behind_a_proxy_the_address_is_the_one_the_proxy_saw(client, claude, settings):
    settings.TRUSTED_PROXIES = 1
    for n in range(5):
        fail(client, 1, HTTP_X_FORWARDED_FOR=f"10.0.0.{n}, 192.0.2.200")
    assert sign_in(client, HTTP_X_FORWARDED_FOR="10.9.9.9, 192.0.2.200").status_code == 429
    assert sign_in(client, HTTP_X_FORWARDED_FOR="192.0.2.200, 192.0.2.201").status_code == 302


def test_signing_out_needs_a_post(client, claude):
    client.force_login(claude)
    assert client.get("/compte/deconnexion").status_code == 405
    assert client.post("/compte/deconnexion").url == LOGIN
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("demo", [True, False])
def test_demonstration_accounts_are_shown_in_a_demonstration_only(client, settings, demo):
    settings.DEMO = demo
    user_with(Role.AUDITOR, PrefectureFactory(), email="auditeur@demo.invalid")
    page = client.get(LOGIN).content.decode()
    assert ("auditeur@demo.invalid" in page, settings.DEMO_PASSWORD in page) == (demo, demo)


def test_a_forgotten_password_is_replaced_through_the_mail_and_signs_in(client, claude):
    response = client.post("/compte/mot-de-passe-oublie", {"email": "Claude@example.invalid"})
    assert response.url == "/compte/mot-de-passe-oublie/envoye"
    [message] = sent()
    assert message.to == ["claude@example.invalid"]
    page = client.get(_path(message.body), follow=True)
    done = client.post(page.request["PATH_INFO"], _twice("une-phrase-assez-longue"))
    assert (done.status_code, done.url) == (302, HOME)
    claude.refresh_from_db()
    assert claude.check_password("une-phrase-assez-longue")
    assert client.session["_auth_user_id"] == str(claude.pk)
    assert "appareil" in client.cookies


def test_the_link_serves_once(client, claude):
    client.post("/compte/mot-de-passe-oublie", {"email": claude.email})
    path = _path(sent()[0].body)
    page = client.get(path, follow=True)
    client.post(page.request["PATH_INFO"], _twice("une-phrase-assez-longue"))
    again = type(client)().get(path, follow=True)
    assert "Ce lien ne sert plus" in again.content.decode()


def test_an_unknown_or_closed_account_gets_the_same_answer_and_no_mail(client, claude):
    UserFactory(email="parti@example.invalid", is_active=False)
    answers = [
        client.post("/compte/mot-de-passe-oublie", {"email": email}, follow=True)
        for email in ("claude@example.invalid", "personne@example.invalid", "parti@example.invalid")
    ]
    assert len({_body(answer) for answer in answers}) == 1
    assert [message.to for message in sent()] == [["claude@example.invalid"]]


def test_three_links_an_hour_are_sent_to_a_mailbox(client, claude):
    with time_machine.travel(datetime(2026, 3, 2, 9, 5, tzinfo=UTC), tick=False) as clock:
        for _ in range(5):
            client.post("/compte/mot-de-passe-oublie", {"email": claude.email})
        assert len(sent()) == 3
        clock.shift(timedelta(hours=1))
        client.post("/compte/mot-de-passe-oublie", {"email": claude.email})
    assert len(sent()) == 4


def test_one_network_cannot_flood_mailboxes(client):
    for n in range(35):
        UserFactory(email=f"agent{n}@example.invalid")
        client.post("/compte/mot-de-passe-oublie", {"email": f"agent{n}@example.invalid"})
    assert len(sent()) == 30


def test_an_invitation_lets_choose_the_first_password_for_seven_days(client):
    user = UserFactory(email="nouveau@example.invalid")
    with time_machine.travel(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False) as clock:
        path = _path(invitation_link(user))
        clock.shift(timedelta(days=6, hours=23))
        page = client.get(path, follow=True)
        assert "Bienvenue" in page.content.decode()
        done = client.post(page.request["PATH_INFO"], _twice("une-phrase-assez-longue"))
        assert done.status_code == 302
        assert "Ce lien ne sert plus" in client.get(path, follow=True).content.decode()
    user.refresh_from_db()
    assert user.check_password("une-phrase-assez-longue")


def test_an_invitation_expires(client):
    user = UserFactory()
    with time_machine.travel(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False) as clock:
        path = _path(invitation_link(user))
        clock.shift(timedelta(days=7, seconds=1))
        assert "Ce lien ne sert plus" in client.get(path, follow=True).content.decode()


def test_changing_the_password_asks_for_the_present_one_and_ends_the_other_sessions(client, claude):
    other = type(client)()
    for browser in (client, other):
        sign_in(browser)
    data = {"old_password": "faux", **_twice("une-phrase-assez-longue")}
    assert client.post("/compte/mot-de-passe", data).status_code == 200
    data["old_password"] = PASSWORD
    assert client.post("/compte/mot-de-passe", data).url == "/compte/"
    assert client.get("/compte/").status_code == 200
    assert other.get("/compte/").status_code == 302


def test_a_person_signs_the_other_devices_out(client, claude):
    elsewhere, somebody = Client(), Client()
    for browser, user in ((client, claude), (elsewhere, claude), (somebody, UserFactory())):
        browser.force_login(user)
    assert client.post("/compte/autres-appareils").status_code == 302
    signed_in = ["_auth_user_id" in browser.session for browser in (client, elsewhere, somebody)]
    assert signed_in == [True, False, True]


def test_a_long_password_of_any_signs_is_taken_as_it_was_typed(client, claude):
    long = "  Zut ! Le héron gris de 7 h prend 2 € et tout son temps près du vieux moulin d’Ambert "
    client.force_login(claude)
    client.post("/compte/mot-de-passe", {"old_password": PASSWORD, **_twice(long)})
    claude.refresh_from_db()
    assert [claude.check_password(typed) for typed in (long, long.strip(), long[:72], long.lower())] == [
        True,
        False,
        False,
        False,
    ]


def test_passwords_are_hidden_as_they_are_typed_and_may_be_pasted_or_filled_in(client, claude):
    pages = [client.get("/compte/connexion").text]
    client.force_login(claude)
    pages.append(client.get("/compte/mot-de-passe").text)
    fields = [field for page in pages for field in re.findall(r"<input[^>]*password[^>]*>", page)]
    assert len(fields) == 4
    for field in fields:
        assert ('type="password"' in field, 'autocomplete="off"' in field, "onpaste" in field) == (True, False, False)
        assert re.search(r'autocomplete="(current|new)-password"', field)


def test_a_password_serves_for_as_long_as_its_owner_wants(client, claude):
    with time_machine.travel("2036-03-02T09:00:00Z", tick=False):
        assert sign_in(client).url == HOME


def test_signing_in_leads_to_no_other_site(client, claude):
    for target in ("https://ailleurs.example/", "//ailleurs.example/", "javascript:alert(1)", "https:ailleurs.example"):
        answer = client.post(f"{LOGIN}?next={target}", {"username": claude.email, "password": PASSWORD, "next": target})
        assert (answer.status_code, answer.url) == (302, "/")
        client.logout()


def test_a_short_password_is_refused_in_french(client, claude):
    client.force_login(claude)
    page = client.post("/compte/mot-de-passe", {"old_password": PASSWORD, **_twice("court")})
    assert "12 caractères" in str(page.context["form"].errors["new_password2"])


def test_the_account_page_shows_roles_and_last_sign_ins(client):
    user = user_with(Role.MANAGEMENT, PrefectureFactory(name="Préfecture du Rhône"), password=PASSWORD)
    with time_machine.travel(datetime(2026, 3, 2, 9, 0, tzinfo=UTC), tick=False):
        sign_in(client, email=user.email)
        page = client.get("/compte/").content.decode()
    assert "Direction, Préfecture du Rhône" in page
    assert "le 02/03/2026 à 10 h 00, depuis 192.0.2.1" in page


def sent() -> list:
    """The mails, once the jobs that send them have run."""
    for job in Job.objects.pending():
        run_now(job)
    return mail.outbox


def _path(text: str) -> str:
    return re.search(r"http://localhost:8000(/\S+)", text)[1]


def _twice(password: str) -> dict:
    return {"new_password1": password, "new_password2": password}


def _body(response) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value=|X-CSRFToken": )"\w+"', "", response.content.decode())


def test_passwords_are_hashed_with_argon2_outside_tests():
    from qualepref import settings as project

    assert project.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert User.USERNAME_FIELD == "email"
