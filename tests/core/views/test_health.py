"""`/sante`: up or down, without account and without detail."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from core.jobs import sweeping
from tests.services import free_port

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_an_instance_that_works_says_so_without_account(client, settings):
    settings.REDIS_URL = ""
    sweeping.beat("worker:1")

    response = client.get("/sante")

    assert reverse("core:health") == "/sante"
    assert (response.status_code, response.json()) == (200, {"status": "ok", "database": "ok", "worker": "ok"})
    assert "no-cache" in response["Cache-Control"]


def test_a_silent_worker_shows_and_pages_are_still_served(client, settings):
    settings.REDIS_URL = ""
    with time_machine.travel(NOW, tick=False):
        sweeping.beat("worker:1")
    with time_machine.travel(NOW + timedelta(minutes=3), tick=False):
        response = client.get("/sante")

    assert (response.status_code, response.json()["worker"]) == (200, "late")


def test_a_redis_that_does_not_answer_is_down(client, settings):
    settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": settings.REDIS_URL}
    }

    response = client.get("/sante")

    assert (response.status_code, response.json()) == (
        503,
        {"status": "down", "database": "ok", "redis": "down", "worker": "late"},
    )


def test_health_is_only_read(client):
    assert client.post("/sante").status_code == 405
