"""What the log keeps of requests."""

import logging
import re
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from core.base.logs import RefusalsInOneLine, WithoutSecrets, masked
from organisations.enums import Role
from organisations.models import User
from tests.organisations.factories import PrefectureFactory, user_with

CANARY = "canari-0123456789abcdef"


@pytest.mark.parametrize(("status", "has_traceback"), [(403, False), (404, False), (500, True)])
def test_a_refusal_is_one_line_and_a_failure_keeps_its_traceback(status, has_traceback):
    try:
        raise PermissionError
    except PermissionError:
        record = logging.LogRecord("django.request", logging.WARNING, "", 1, "refused", (), sys.exc_info())
    record.status_code = status
    assert RefusalsInOneLine().filter(record)
    assert (record.exc_info is not None) is has_traceback


def secret_addresses() -> list[str]:
    """Every address of which a part is a secret, with a canary in its place."""

    def walk(resolver, prefix=""):
        for one in resolver.url_patterns:
            route = prefix + str(one.pattern)
            if hasattr(one, "url_patterns"):
                yield from walk(one, route)
            elif re.search(r"token|secret", route):
                filled = re.sub(r"<(?:\w+:)?(?:token|secret)>", CANARY, route)
                yield "/" + re.sub(r"<[^>]+>", "MQ", filled)

    return sorted(walk(get_resolver()))


@pytest.mark.parametrize("address", secret_addresses())
@pytest.mark.django_db
def test_no_log_keeps_the_secret_of_an_address(client, address):
    """Of a request, of a refusal, of a failure with its traceback, and of the access log of gunicorn."""
    line = WithoutSecrets("{levelname} {message}", style="{")
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, "Not Found: %s", (address,), None)
    try:
        raise ValueError(f"unreadable {address}")
    except ValueError:
        failure = logging.LogRecord("django.request", logging.ERROR, "", 1, "Error: %s", (address,), sys.exc_info())
    access = masked(f"GET {address} 200 12 bytes")
    client.get(address)
    assert [CANARY in text for text in (line.format(record), line.format(failure), access)] == [False] * 3


def test_there_are_secret_addresses_to_mask():
    assert len(secret_addresses()) >= 10


def line_of(message: str, *arguments, **more) -> str:
    record = logging.LogRecord("django.request", logging.WARNING, "", 1, message, arguments, None)
    record.__dict__.update(more)
    told = settings.LOGGING["formatters"]["line"]
    return WithoutSecrets(told["format"], told["datefmt"], style=told["style"]).format(record)


def test_what_is_typed_starts_no_line_of_the_log():
    told = line_of("Not Found: %s", "/x\n2026-01-01 INFO all is well\x1b[2J\u2028\x85")
    assert (told.splitlines(), "\x1b" in told) == ([told], False)


def test_a_line_says_when_with_its_offset_how_grave_and_which_account_asked(rf):
    request = rf.get("/")
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} WARNING django\.request refused", line_of("refused", request=request)
    )
    request._cached_user = User(pk=12, email="claude@example.invalid")
    told = line_of("refused", request=request)
    assert (told.endswith("refused (compte 12)"), "claude" in told) == (True, False)


@pytest.mark.django_db
def test_a_page_refused_is_logged_with_who_asked(client, caplog):
    client.force_login(user_with(Role.CONTRIBUTOR, PrefectureFactory()))
    assert client.get("/organisation/comptes/ajouter").status_code == 403
    [record] = [one for one in caplog.records if one.name == "django.request"]
    told = WithoutSecrets("{levelname} {message}", style="{").format(record)
    account = client.session["_auth_user_id"]
    assert told == f"WARNING Forbidden (Permission denied): /organisation/comptes/ajouter (compte {account})"


def test_the_handler_of_every_log_masks_what_it_writes():
    formatters = {name for name, handler in settings.LOGGING["handlers"].items() if handler["formatter"] != "line"}
    assert (formatters, settings.LOGGING["formatters"]["line"]["()"]) == (set(), "core.base.logs.WithoutSecrets")
    command = (Path(__file__).resolve().parents[3] / "Dockerfile").read_text()
    assert '"--logger-class", "qualepref.access_log.AccessLog"' in command
