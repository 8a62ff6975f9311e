"""Real web workers under resends, kill -9 and tablets that all come back: each form is there, once."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.models import CollectionPoint, Response
from tests.bench import intake_client
from tests.bench.intake_client import fill, insist, killed_while, protections, send_all, tablet
from tests.surveys.factories import CollectionPointFactory, QuestionFactory, QuestionnaireFactory, SurveyCampaignFactory

TABLETS = 200
ACCEPTED = {200, 302}


@pytest.fixture
def points(shared_database) -> list[CollectionPoint]:
    """Tablets of one survey of 15 criteria, open these days."""
    today = timezone.localdate()
    questionnaire = QuestionnaireFactory(frozen_at=timezone.now())
    for number in range(intake_client.CRITERIA):
        QuestionFactory(questionnaire=questionnaire, code=f"critere-{number}", position=number)
    QuestionFactory(questionnaire=questionnaire, code="suggestions", kind="text", position=99)
    campaign = SurveyCampaignFactory(
        questionnaire=questionnaire, starts_on=today - timedelta(2), ends_on=today + timedelta(2)
    )
    return CollectionPointFactory.create_batch(4, campaign=campaign, channel="tablet")


@pytest.fixture
def server(points, shared_database, tmp_path):
    environment = shared_database | {
        "DJANGO_SETTINGS_MODULE": "qualepref.settings", "VAR_DIR": str(tmp_path), "SECRET_KEY": "essais",
        "TESTING": "1", "TRUSTED_PROXIES": "1", "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    with intake_client.served("qualepref.wsgi", environment, tmp_path, ready=state_of(points[0])) as server:
        yield server


def page_of(point) -> str:
    return f"/enquetes/borne/{point.token}/"


def state_of(point) -> str:
    return f"{page_of(point)}etat"


def filled(points, count: int) -> list:
    return [fill(page_of(points[n % len(points)]), f"192.0.2.{n % 50}", seed=n) for n in range(count)]


def keys_received() -> Counter:
    return Counter(str(key) for key in Response.objects.values_list("key", flat=True))


def once_each(forms) -> Counter:
    return Counter(form.key for form in forms)


def test_forms_sent_again_out_of_order_and_at_the_same_time_are_received_once(points, server):
    forms = filled(points, 100)
    storm = forms * 3
    random.Random(1).shuffle(storm)

    answers = send_all(server.port, storm, protections(server.port, map(page_of, points)))

    assert {answer.status for answer in answers} <= ACCEPTED
    assert keys_received() == once_each(forms)


def test_a_server_killed_in_the_middle_loses_and_doubles_nothing(points, server):
    forms = filled(points, 200)
    headers = protections(server.port, map(page_of, points))
    until = time.monotonic() + 120

    def clients():
        with ThreadPoolExecutor(8) as pool:
            return list(pool.map(lambda form: insist(server.port, form, headers, until=until), forms))

    assert killed_while(server, clients, times=3, every=0.6) == [True] * len(forms)
    assert keys_received() == once_each(forms)


def test_two_hundred_tablets_that_come_back_at_once_are_all_heard(points, server):
    until = time.monotonic() + 240
    held = [
        (state_of(point), [fill(page_of(point), f"192.0.2.{number % 8}", seed=number) for _ in range(2)])
        for number in range(TABLETS)
        for point in [points[number % len(points)]]
    ]

    with ThreadPoolExecutor(TABLETS) as pool:
        sent = list(pool.map(lambda one: tablet(server.port, *one, until=until), held))

    assert sent == [2] * TABLETS
    assert keys_received() == once_each([form for _, forms in held for form in forms])
