"""Which errors say that something outside the program is away."""

import errno
import smtplib
import socket

import pytest
from django.db import OperationalError, ProgrammingError, connection

from core.base.errors import UserError
from core.base.outages import Away, what_is_away
from tests.services import free_port


@pytest.mark.parametrize(
    ("error", "away"),
    [
        (OperationalError("connection refused"), Away.DATABASE),
        (OperationalError("database is locked"), Away.DATABASE),
        (OperationalError("no such column: x"), None),
        (ProgrammingError("relation does not exist"), None),
        (OSError(errno.ENOSPC, "No space left on device"), Away.DISK),
        (PermissionError(errno.EACCES, "Permission denied"), None),
        (smtplib.SMTPServerDisconnected("gone"), Away.NETWORK),
        (smtplib.SMTPRecipientsRefused({}), None),
        (UserError("non"), None),
        (None, None),
    ],
)
def test_an_error_tells_what_is_away(error, away):
    assert what_is_away(error) == away


def test_a_cause_is_told_as_well_as_the_error():
    with pytest.raises(ConnectionRefusedError) as caught:
        socket.create_connection(("127.0.0.1", free_port()), timeout=1)
    error = ValueError("bad")
    error.__cause__ = caught.value
    assert what_is_away(error) == Away.NETWORK


def test_redis_is_known_by_its_own_error():
    import redis

    with pytest.raises(redis.exceptions.ConnectionError) as caught:
        redis.Redis(port=free_port(), socket_connect_timeout=1).ping()
    assert what_is_away(caught.value) == Away.REDIS


@pytest.mark.django_db
def test_a_full_disk_under_sqlite_is_an_absence():
    if connection.vendor != "sqlite":
        pytest.skip("says so by its own class on PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
        try:
            with pytest.raises(OperationalError) as caught:
                cursor.execute(
                    "INSERT INTO core_scheduletick (name, last_run_at) SELECT hex(randomblob(50)), '2026-01-01' "
                    "FROM (WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 90000) "
                    "SELECT i FROM n)"
                )
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    assert (str(caught.value), what_is_away(caught.value)) == ("database or disk is full", Away.DATABASE)
