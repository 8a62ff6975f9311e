"""The second factor in the hands of people: set up, sign in, lose the telephone; and where it is compulsory."""

import re
import time

import pytest
import time_machine
from django.contrib.auth.hashers import get_hasher, identify_hasher
from django.test import Client

from core.base.errors import UserError
from organisations.enums import Role
from organisations.links import password_link
from organisations.models import SecondFactor
from organisations.rules import totp
from organisations.services import memberships, second_factor
from tests.organisations.factories import PASSWORD, PrefectureFactory, UserFactory, user_with

pytestmark = pytest.mark.django_db
START = {"start": "1", "password": PASSWORD}
LOGIN, CHECK, SETUP = "/compte/connexion", "/compte/verification", "/compte/second-facteur"


@pytest.fixture
def claude():
    return UserFactory(email="claude@example.invalid", password=PASSWORD)


def code_of(user, shift: int = 0) -> str:
    """What the telephone shows."""
    return totp.code_at(second_factor.secret_to_set_up(user), int(time.time()) // 30 + shift)


def equip(user) -> list[str]:
    """Put a factor in service; its codes of help."""
    return second_factor.confirm(user, code_of(user, -1))


def sign_in(client, **extra):
    return client.post(LOGIN, {"username": "claude@example.invalid", "password": PASSWORD, **extra})


def decoded(kept: str) -> str:
    return get_hasher("md5").decode(kept)["salt"]


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_person_scans_types_the_code_and_notes_the_codes_of_help(client, claude):
    client.force_login(claude)
    assert "Commencer" in client.get(SETUP).text
    page = client.post(SETUP, START).text
    assert "<svg" in page

    assert "n’est pas le bon" in client.post(SETUP, {"code": "000000"}).text
    page = client.post(SETUP, {"code": code_of(claude)})

    codes = re.findall(r"<code>(\w{5}-\w{5})</code>", page.text)
    assert (len(codes), page["Cache-Control"]) == (10, "no-store")
    assert claude.history.latest().history_change_reason == "Second facteur mis en service"
    kept = SecondFactor.objects.get(user=claude)
    assert codes[0].replace("-", "") not in str(kept.codes)


def test_a_session_left_open_does_not_give_its_account_a_telephone(client, claude):
    client.force_login(claude)
    page = client.post(SETUP, {"start": "1", "password": "celui d’un autre"}).text
    assert ("<svg" in page, "pas votre mot de passe" in page) == (False, True)
    second_factor.secret_to_set_up(claude)
    page = client.post(SETUP, {"code": code_of(claude)}).text  # without the password before it
    assert ("<svg" in page, second_factor.of(claude)) == (False, None)
    SecondFactor.objects.all().delete()
    assert not SecondFactor.objects.exists()


def test_the_password_alone_opens_nothing(client, claude):
    equip(claude)
    answer = sign_in(client, next="/indicateurs/")
    assert (answer.status_code, answer.url, is_signed_in(client)) == (302, CHECK, False)
    assert client.get("/").status_code == 302

    assert "n’est pas le bon" in client.post(CHECK, {"code": "000000"}).text
    answer = client.post(CHECK, {"code": code_of(claude)})

    assert (answer.status_code, answer.url, is_signed_in(client)) == (302, "/indicateurs/", True)


@time_machine.travel("2026-12-01T10:00:00Z", tick=False)
def test_a_code_and_a_code_of_help_serve_once(client, claude):
    codes = equip(claude)
    code = code_of(claude)
    second_factor.check(claude, code)
    second_factor.check(claude, codes[3].upper())
    for used in (code, codes[3]):
        with pytest.raises(UserError, match="a déjà servi"):
            second_factor.check(claude, used)
    assert len(SecondFactor.objects.get(user=claude).codes) == 9


def test_guesses_are_counted_and_the_password_is_asked_again_after_five_minutes(client, claude):
    equip(claude)
    with time_machine.travel("2026-12-01T10:00:00Z", tick=False):
        sign_in(client)
        answers = [client.post(CHECK, {"code": f"00000{n}"}).text for n in range(6)]
        assert ["Trop de codes" in answer for answer in answers] == [False] * 5 + [True]
    with time_machine.travel("2026-12-01T10:06:00Z", tick=False):
        assert client.get(CHECK).url == LOGIN


def test_the_mailbox_alone_opens_nothing_either(client, claude):
    equip(claude)
    page = client.get(re.sub(r"^https?://[^/]+", "", password_link(claude)), follow=True)
    new = {"new_password1": "vT9#kq2LmXe8", "new_password2": "vT9#kq2LmXe8"}
    answer = client.post(page.redirect_chain[-1][0], new)
    assert (answer.url, is_signed_in(client)) == (CHECK, False)


def test_whoever_keeps_the_accounts_takes_a_lost_telephone_away(client, claude):
    equip(claude)
    site = PrefectureFactory()
    memberships.give(claude, unit=site, role=Role.CONTRIBUTOR, valid_from=claude.created_at.date(), by=None)
    client.force_login(user_with(Role.TECHNICAL_ADMIN, site))
    path = f"/organisation/comptes/{claude.pk}/second-facteur"
    assert client.post(path, {"reason": "Téléphone perdu"}).status_code == 302
    assert not SecondFactor.objects.exists()
    assert claude.history.latest().history_change_reason == "Téléphone perdu"


def test_a_person_draws_new_codes_and_takes_the_factor_away(client, claude):
    codes = equip(claude)
    client.force_login(claude)
    page = client.post(SETUP, {"code": codes[0]}).text
    assert len(re.findall(r"<code>\w{5}-\w{5}</code>", page)) == 10
    assert client.post(SETUP, {"code": code_of(claude), "remove": "1"}).status_code == 302
    assert second_factor.of(claude) is None


@pytest.mark.parametrize(
    ("role", "is_asked"),
    [
        (Role.QUALITY_REFERENT, True),
        (Role.DEPUTY_REFERENT, True),
        (Role.TECHNICAL_ADMIN, True),
        (Role.HEAD_OF_SERVICE, False),
    ],
)
def test_the_installation_may_ask_it_of_those_who_run_everything(client, settings, role, is_asked):
    user = user_with(role, PrefectureFactory())
    client.force_login(user)
    assert client.get("/").status_code == 200
    settings.SECOND_FACTOR = "required"
    answer = client.get("/")
    assert (answer.status_code, answer.headers.get("Location")) == ((302, SETUP) if is_asked else (200, None))

    client.post(SETUP, START)
    client.post(SETUP, {"code": code_of(user)})
    assert client.get("/").status_code == 200


def test_the_installation_may_ask_it_of_everybody(client, settings):
    settings.SECOND_FACTOR = "everyone"
    user = user_with(Role.HEAD_OF_SERVICE, PrefectureFactory())
    client.force_login(user)
    assert client.get("/").url == SETUP
    client.post(SETUP, START)
    client.post(SETUP, {"code": code_of(user)})
    assert client.get("/").status_code == 200


def test_a_factor_put_in_service_or_away_ends_the_other_sessions(client, claude):
    others = [Client(), Client()]
    for browser in (client, *others):
        browser.force_login(claude)
    client.post(SETUP, START)
    client.post(SETUP, {"code": code_of(claude, -1)})
    assert [is_signed_in(browser) for browser in (client, *others)] == [True, False, False]
    others[0].force_login(claude)
    client.post(SETUP, {"code": code_of(claude), "remove": "1"})
    assert [is_signed_in(browser) for browser in (client, others[0])] == [True, False]


def test_a_refused_code_is_logged_with_the_number_of_the_account(claude, caplog):
    equip(claude)
    with pytest.raises(UserError):
        second_factor.check(claude, "000000")
    assert f"second factor refused (compte {claude.pk})" in caplog.text


def test_codes_of_help_are_hashed_as_passwords_are(claude):
    codes = equip(claude)
    kept = SecondFactor.objects.get(user=claude).codes
    assert [identify_hasher(one).algorithm for one in kept] == ["md5"] * 10  # the one hasher of the tests
    assert len(set(codes)) == len({decoded(one) for one in kept}) == 10  # each with a salt of its own


def test_a_session_opened_without_the_factor_ends_where_it_is_compulsory(client, settings):
    user = user_with(Role.QUALITY_REFERENT, PrefectureFactory())
    equip(user)
    client.force_login(user)
    settings.SECOND_FACTOR = "required"
    assert client.get("/").url == f"{LOGIN}?next=/"
    assert not is_signed_in(client)


def test_a_change_of_rights_gives_the_session_another_key(client, claude):
    site = PrefectureFactory()
    sign_in(client)
    client.get("/")
    before = client.session.session_key
    given = memberships.give(claude, unit=site, role=Role.CONTRIBUTOR, valid_from=claude.created_at.date(), by=None)
    client.post("/compte/mot-de-passe", {})
    second = client.session.session_key
    client.post("/compte/mot-de-passe", {})
    third = client.session.session_key
    memberships.end(given, on=claude.created_at.date(), by=None)
    client.post("/compte/mot-de-passe", {})
    assert (before != second, second == third, client.session.session_key != third) == (True, True, True)
    assert is_signed_in(client)


def test_a_demonstration_has_none_for_its_accounts_are_shared(client, claude, settings):
    settings.DEMO = True
    client.force_login(claude)
    assert client.get(SETUP).status_code == 404
    assert "Second facteur" not in client.get("/compte/").text
