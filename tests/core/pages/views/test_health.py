"""`/sante`: up or down, without account and without detail."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from core.jobs import notices, sweeping
from core.record import triggers
from tests.services import free_port

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def test_an_instance_that_works_says_so_without_account(client, settings):
    settings.REDIS_URL = ""
    sweeping.beat("worker:1")

    response = client.get("/sante")

    assert reverse("core:health") == "/sante"
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "database": "ok", "files": "ok", "worker": "ok", "mails": "ok", "guards": "ok"},
    )
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
        {
            "status": "down",
            "database": "ok",
            "files": "ok",
            "redis": "down",
            "worker": "late",
            "mails": "ok",
            "guards": "ok",
        },
    )


def test_a_folder_of_files_that_cannot_be_written_is_down(client, settings, tmp_path):
    settings.REDIS_URL, settings.MEDIA_ROOT = "", tmp_path / "file"
    settings.MEDIA_ROOT.write_text("")
    response = client.get("/sante")
    assert (response.status_code, response.json()["files"]) == (503, "down")


def test_a_message_that_waits_for_the_mail_server_shows(client, settings):
    settings.REDIS_URL = ""
    with time_machine.travel(NOW, tick=False):
        notices.send("essai", to="a@example.org", subject="Essai", body="Texte")
    with time_machine.travel(NOW + timedelta(minutes=20), tick=False):
        response = client.get("/sante")
    assert (response.status_code, response.json()["mails"]) == (200, "late")


def test_health_is_only_read(client):
    assert client.post("/sante").status_code == 405


def test_a_weak_guard_shows_and_pages_are_still_served(client, settings):
    settings.REDIS_URL = ""
    with triggers.suspended():
        response = client.get("/sante")

    assert (response.status_code, response.json()["guards"]) == (200, "weak")
