"""Every answer carries the whole set of headers: pages, refusals, redirections and static files, on a server."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = {
    "DATABASE_URL": "postgres://nobody:x@127.0.0.1:1/none",  # a database that is away: refusals too
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "localhost",
    "DEMO": "0",
    "TESTING": "0",
    "DEBUG": "0",
    "REDIS_URL": "",
    "LOG_LEVEL": "CRITICAL",
}
ASK = """
import json, sys
from django.conf import settings
from django.test import Client
from organisations import devices, places
from qualepref.wsgi import application
COOKIES = [f"{of}_COOKIE_{what}" for of in ("SESSION", "CSRF") for what in ("NAME", "SECURE", "SAMESITE", "HTTPONLY")]
settings.DEVICE_COOKIE_NAME, settings.PLACE_COOKIE_NAME = devices.COOKIE, places.COOKIE
COOKIES += ["DEVICE_COOKIE_NAME", "PLACE_COOKIE_NAME", "MESSAGE_STORAGE", "DEBUG"]
client = Client(raise_request_exception=False)
told = {}
for name, path, options in json.loads(sys.argv[1]):
    answer = client.get(path, **options)
    told[name] = [answer.status_code, dict(answer.headers)]
told["cookies"] = [200, {name: getattr(settings, name) for name in COOKIES}]
print(json.dumps(told))
"""
HTTPS = {"secure": True, "HTTP_HOST": "localhost"}
ASKED = [
    ("page", "/accessibilite", HTTPS),
    ("sign-in", "/plans/", HTTPS),
    ("absent", "/nulle-part/", HTTPS),
    ("health", "/sante", HTTPS),
    ("another host", "/accessibilite", {"secure": True, "HTTP_HOST": "ailleurs.example"}),
    ("plain http", "/accessibilite", {"HTTP_HOST": "localhost"}),
    ("static", "/static/probe.svg", HTTPS),
    ("static, not changed", "/static/probe.svg", {**HTTPS, "HTTP_IF_MODIFIED_SINCE": "Fri, 01 Jan 2100 00:00:00 GMT"}),
    ("static, absent", "/static/none.svg", HTTPS),
    ("method", "/sante", {**HTTPS, "REQUEST_METHOD": "DELETE"}),
    ("trace", "/accessibilite", {**HTTPS, "REQUEST_METHOD": "TRACE"}),
    ("calendar, plain http", "/plans/agenda/secret.ics", {"HTTP_HOST": "localhost"}),
    ("folder", "/static/", HTTPS),
    ("source", "/.git/config", HTTPS),
    ("database away", "/enquetes/r/jeton/", HTTPS),
]
HSTS = "max-age=31536000; includeSubDomains"
EXPECTED = {
    "Content-Security-Policy",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "X-Content-Type-Options",
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> dict[str, tuple[int, dict[str, str]]]:
    """What a production server answers, its database away."""
    directory = tmp_path_factory.mktemp("server")
    static = directory / "static"
    environment = os.environ | SERVER | {"VAR_DIR": str(directory), "STATIC_ROOT": str(static)}

    def python(*command: str) -> subprocess.CompletedProcess:
        line = [sys.executable, "-W", "ignore", *command]
        return subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    python("manage.py", "collectstatic", "--noinput", "-v0")
    (static / "probe.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    told = python("-c", ASK, json.dumps(ASKED))
    assert told.returncode == 0, told.stderr[-3000:]
    return json.loads(told.stdout.splitlines()[-1])


def test_the_answers_are_of_every_kind(answers):
    statuses = {name: status for name, (status, _) in answers.items() if name != "cookies"}
    assert statuses == {
        "page": 200,
        "sign-in": 302,
        "absent": 404,
        "health": 503,
        "another host": 400,
        "plain http": 301,
        "static": 200,
        "static, not changed": 304,
        "static, absent": 404,
        "method": 405,
        "trace": 405,
        "calendar, plain http": 403,
        "folder": 404,
        "source": 404,
        "database away": 503,
    }


@pytest.mark.parametrize("name", [name for name, _path, _options in ASKED])
def test_no_answer_goes_without_its_headers(answers, name):
    _status, headers = answers[name]
    assert set(headers) >= EXPECTED
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    policy = headers["Content-Security-Policy"]
    assert all(part in policy for part in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'self'"))
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    # Browsers ignore it over plain http.
    assert headers.get("Strict-Transport-Security") == (None if "plain http" in name else HSTS)


def test_a_page_without_its_database_says_that_nothing_is_lost_and_when_to_try_again(answers):
    status, headers = answers["database away"]
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "30", "no-store")


def test_what_is_text_says_in_which_characters(answers):
    kinds = {
        headers["Content-Type"]
        for status, headers in answers.values()
        if status >= 400 or "Location" not in headers
        if headers.get("Content-Type")
    }
    assert {kind for kind in kinds if "charset=utf-8" not in kind.replace('"', "")} <= {"application/json"}
    assert "image/svg+xml; charset=utf-8" in {kind.replace('"', "") for kind in kinds}


def test_cookies_are_tied_to_the_host_encrypted_and_out_of_the_reach_of_scripts_and_other_sites(answers):
    _status, told = answers["cookies"]
    assert told == {
        "SESSION_COOKIE_NAME": "sessionid",
        "CSRF_COOKIE_NAME": "csrftoken",
        "DEVICE_COOKIE_NAME": "__Host-appareil",
        "PLACE_COOKIE_NAME": "__Host-lieu",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": False,  # our scripts send it back: it proves nothing by itself
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
        "DEBUG": False,
    }


def test_no_page_sets_a_cookie_of_its_own():
    """The session, the protection of forms, the known device, the site kept: no other, so that those above are all."""
    found = set()
    for path in ROOT.glob("[a-z]*/**/*.py"):
        name = str(path.relative_to(ROOT))
        if not name.startswith(("tests/", "var/")) and re.search(r"set_(signed_)?cookie\(", path.read_text()):
            found.add(name)
    assert found == {"organisations/devices.py", "organisations/places.py"}
