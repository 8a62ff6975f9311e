"""The address of who answers a survey is written nowhere: no table, no log, no cookie, no counter that tells it."""

import json
import logging
import re
import uuid
from hashlib import md5, sha1, sha256
from ipaddress import ip_address

import pytest
from django.db import connection

from core.models import RateLimit
from organisations.models import Unit
from surveys.forms.public import token_of
from surveys.models import CollectionPoint, Response
from tests.services import ROOT
from tests.surveys.factories import CollectionPointFactory, QuestionFactory

pytestmark = pytest.mark.django_db
ADDRESS = "203.0.113.77"
AGENT = "Navigateur de l’usager"
DIGESTS = [make(ADDRESS.encode()).hexdigest() for make in (md5, sha1, sha256)]
TRACES = [ADDRESS, "203.0.113", str(int(ip_address(ADDRESS))), *DIGESTS, AGENT]


@pytest.fixture
def point():
    point = CollectionPointFactory(token="jeton", channel="tablet")
    QuestionFactory(questionnaire=point.campaign.questionnaire, code="courtoisie", position=1)
    QuestionFactory(questionnaire=point.campaign.questionnaire, code="suggestions", kind="text", position=2)
    return point


@pytest.fixture
def send(client):
    """`send(path, …)`: a form as the browser of the public posts it, through the proxy or not."""
    headers = {"REMOTE_ADDR": ADDRESS, "HTTP_X_FORWARDED_FOR": ADDRESS, "HTTP_USER_AGENT": AGENT}

    def send(path, *, key=None, accept="text/html", **answers):
        token = token_of(CollectionPoint.objects.get())
        data = {
            "cle": key or str(uuid.uuid4()),
            "jeton": token,
            "langue": "fr",
            **{f"q-{code}": v for code, v in answers.items()},
        }
        return client.post(path, data, HTTP_ACCEPT=accept, **headers)

    return send


def everything_stored() -> str:
    """Every cell of every table, in one text."""
    cells = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            cells += [str(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(cells)


def traces_in(text: str) -> list[str]:
    return [trace for trace in TRACES if trace in text]


def test_the_search_would_find_an_address():
    Unit.objects.bulk_create([Unit(code="canari", name=f"Vu de {ADDRESS}", kind="prefecture")])
    assert traces_in(everything_stored()) == [ADDRESS, "203.0.113"]


def test_no_table_no_log_and_no_cookie_keeps_who_answered(point, send, client, caplog):
    caplog.set_level(logging.DEBUG)
    page, tablet = "/enquetes/r/jeton/", "/enquetes/borne/jeton/"
    sent = [
        send(page, courtoisie="satisfied", suggestions="Merci"),
        send(tablet, accept="application/json", courtoisie="satisfied"),
        send(page, key="forgée", courtoisie="satisfied"),
        send(page, courtoisie="parfait"),
        send(page, suggestions="a" * 5001),
        send("/enquetes/r/inconnu/", courtoisie="satisfied"),
    ]
    assert [response.status_code for response in sent] == [302, 200, 200, 200, 200, 404]
    assert Response.objects.count() == 2
    assert traces_in(everything_stored()) == []
    assert traces_in(caplog.text) == []
    assert "not our form" in caplog.text
    assert set(client.cookies) <= {"csrftoken"}


def test_what_counts_the_forms_of_a_network_is_sealed_and_expires(point, send, settings):
    send("/enquetes/r/jeton/", courtoisie="satisfied")
    counter = RateLimit.objects.get()
    assert re.fullmatch(r"[0-9a-f]{64}", counter.key)
    assert counter.expires_at is not None
    settings.SECRET_KEY = "une autre clé"
    send("/enquetes/r/jeton/", courtoisie="satisfied")
    assert RateLimit.objects.count() == 2  # the secret is in the seal: guessing addresses finds nothing without it


def test_the_log_of_requests_in_production_does_not_say_who_asks():
    command = json.loads(re.search(r"^CMD (\[.*?\])$", (ROOT / "Dockerfile").read_text().replace("\\\n", ""), re.M)[1])
    wanted = command[command.index("--access-logformat") + 1]
    assert set(re.findall(r"%\((.*?)\)s", wanted)) == {"m", "U", "s", "B", "M"}
