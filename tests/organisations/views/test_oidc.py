"""Sign in by an identity provider: a real one, in a process of its own."""

import http.client
import json
import sys
from urllib.parse import parse_qs, urlsplit

import pytest

from organisations.models import OutsideIdentity
from organisations.services import oidc
from tests import oidc_provider
from tests.organisations.factories import UserFactory
from tests.services import answers, free_port, process, wait_until

pytestmark = pytest.mark.django_db
START, BACK, LOGIN = "/compte/proconnect", "/compte/proconnect/retour", "/compte/connexion"
PERSON = {"sub": "7396c91e", "email": "Claude@Example.invalid", "email_verified": True, "given_name": "Claude"}


@pytest.fixture(scope="module")
def provider(tmp_path_factory):
    """The address of a provider that runs."""
    port, log = free_port(), tmp_path_factory.mktemp("oidc") / "log"
    command = [sys.executable, "-m", "tests.oidc_provider", str(port)]
    address = f"http://127.0.0.1:{port}"
    with process(command, log=log) as child:
        wait_until(lambda: answers(f"{address}/jwks"), seconds=30, child=child, log=log)
        yield address


@pytest.fixture
def installed(provider, settings):
    settings.OIDC_ISSUER, settings.OIDC_NAME = provider, "ProConnect"
    settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = oidc_provider.CLIENT, oidc_provider.SECRET
    return provider


def ask(method: str, url: str, body: dict | None = None) -> http.client.HTTPResponse:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=10)
    line = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.request(method, line, json.dumps(body) if body else None)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def tell(provider: str, **changes) -> None:
    ask("POST", f"{provider}/person", PERSON | changes)


def come_back(client, **query):
    """From our page to the provider and back; our last answer."""
    sent = client.get(START, query)
    back = ask("GET", sent.url).headers["Location"]
    told = {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}
    page = client.get(urlsplit(back).path, told)
    return client.post(BACK) if page.status_code == 200 else page


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_there_is_no_such_page_without_a_provider(client):
    assert [client.get(path).status_code for path in (START, BACK)] == [404, 404]
    assert "ProConnect" not in client.get(LOGIN).text


def test_a_person_signs_in_by_the_verified_address_then_by_the_name_given_there(client, installed):
    claude = UserFactory(email="claude@example.invalid")
    tell(installed)
    assert "Se connecter avec ProConnect" in client.get(LOGIN).text

    answer = come_back(client, next="/indicateurs/")
    assert (answer.status_code, answer.url) == (302, "/indicateurs/")
    assert client.session["_auth_user_id"] == str(claude.pk)
    assert OutsideIdentity.objects.get().sub == "7396c91e"
    assert claude.history.filter(history_change_reason="Compte rattaché à ProConnect").count() == 1

    client.logout()
    tell(installed, email="nouvelle@example.invalid", email_verified=False, plain=True)
    come_back(client)
    assert client.session["_auth_user_id"] == str(claude.pk)


def test_signing_out_here_signs_out_there(client, installed):
    UserFactory(email="claude@example.invalid")
    tell(installed)
    come_back(client)
    answer = client.post("/compte/deconnexion")
    assert answer.url.startswith(f"{installed}/end?id_token_hint=")
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": "inconnue@example.invalid"}, oidc.UNKNOWN),
        ({"email_verified": False}, "ProConnect n’a pas vérifié votre adresse"),
        ({"email_verified": "true"}, "ProConnect n’a pas vérifié votre adresse"),
        ({"spoil": "key"}, "ProConnect n’a pas confirmé"),
        ({"spoil": "nonce"}, "ProConnect n’a pas confirmé"),
        ({"spoil": "audience"}, "ProConnect n’a pas confirmé"),
        ({"spoil": "expired"}, "ProConnect n’a pas confirmé"),
        ({"spoil": "sub"}, "ProConnect n’a pas confirmé"),
    ],
)
def test_nobody_comes_in_unless_the_provider_signed_it_for_us(client, installed, changes, sentence):
    UserFactory(email="claude@example.invalid")
    tell(installed, **changes)
    answer = come_back(client)
    assert (answer.url, is_signed_in(client)) == (LOGIN, False)
    assert sentence in client.get(LOGIN).text
    assert not OutsideIdentity.objects.exists()


def test_a_provider_that_says_it_is_another_is_refused(client, installed, settings):
    settings.OIDC_ISSUER = installed.replace("127.0.0.1", "localhost")
    assert client.get(START).url == LOGIN
    assert "ProConnect n’a pas confirmé" in client.get(LOGIN).text


def test_an_answer_to_another_journey_is_refused(client, installed):
    UserFactory(email="claude@example.invalid")
    tell(installed)
    sent = client.get(START)
    back = urlsplit(ask("GET", sent.url).headers["Location"])
    code = parse_qs(back.query)["code"][0]
    assert client.get(BACK, {"code": code, "state": "volé"}).url == LOGIN
    assert client.get(BACK, {"code": code, "state": "volé"}).url == LOGIN
    assert not is_signed_in(client)


def test_reading_the_page_signs_nobody_in_and_the_button_serves_once(client, installed):
    UserFactory(email="claude@example.invalid")
    assert client.post(BACK).url == LOGIN
    tell(installed)
    come_back(client)
    client.logout()
    assert client.post(BACK).url == LOGIN


def test_a_closed_account_stays_closed(client, installed):
    user = UserFactory(email="claude@example.invalid", is_active=False)
    OutsideIdentity.objects.create(user=user, issuer=installed, sub=PERSON["sub"])
    tell(installed)
    come_back(client)
    assert not is_signed_in(client)


def test_a_provider_that_is_away_leaves_the_password(client, settings):
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = f"http://127.0.0.1:{free_port()}", "x"
    assert client.get(START).url == LOGIN
    assert "connectez-vous par votre mot de passe" in client.get(LOGIN).text
