"""What the log keeps of requests."""

import logging
import re
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver

from core.base.logs import RefusalsInOneLine, WithoutSecrets, masked

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


def test_the_handler_of_every_log_masks_what_it_writes():
    formatters = {name for name, handler in settings.LOGGING["handlers"].items() if handler["formatter"] != "line"}
    assert (formatters, settings.LOGGING["formatters"]["line"]["()"]) == (set(), "core.base.logs.WithoutSecrets")
    command = (Path(__file__).resolve().parents[3] / "Dockerfile").read_text()
    assert '"--logger-class", "qualepref.access_log.AccessLog"' in command
