"""Every answer carries the whole set of headers: pages, refusals, redirections and static files, on a server."""

import json
import os
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
from django.test import Client
from qualepref.wsgi import application
client = Client(raise_request_exception=False)
told = {}
for name, path, options in json.loads(sys.argv[1]):
    answer = client.get(path, **options)
    told[name] = [answer.status_code, dict(answer.headers)]
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
    ("database away", "/enquetes/r/jeton/", HTTPS),
]
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
    statuses = {name: status for name, (status, _) in answers.items()}
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
        "database away": 503,
    }


@pytest.mark.parametrize("name", [name for name, _path, _options in ASKED])
def test_no_answer_goes_without_its_headers(answers, name):
    _status, headers = answers[name]
    assert set(headers) >= EXPECTED
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers
    assert ("Strict-Transport-Security" in headers) is (name != "plain http")  # browsers ignore it there


def test_a_page_without_its_database_says_that_nothing_is_lost_and_when_to_try_again(answers):
    status, headers = answers["database away"]
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "30", "no-store")
