"""A database that worker processes share with the test, on SQLite and on PostgreSQL."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from tests.services import ROOT


@pytest.fixture
def shared_database(transactional_db, tmp_path, settings):
    """Environment of processes that work on the test's own database. On SQLite the test moves to a file for a while."""
    settings.MEDIA_ROOT = tmp_path / "media"
    environment = {
        "DJANGO_SETTINGS_MODULE": "tests.core.sample_jobs.settings",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "JOB_LEASE_SECONDS": "3",
        "REDIS_URL": "",
    }
    if not settings.IS_SQLITE:
        yield environment | {"DATABASE_URL": _address(connections["default"].settings_dict)}
        return
    path = tmp_path / "shared.sqlite3"
    in_memory = connections["default"]
    in_memory.ensure_connection()
    with contextlib.closing(sqlite3.connect(path)) as copy:
        in_memory.connection.backup(copy)
    connections["default"] = DatabaseWrapper({**in_memory.settings_dict, "NAME": str(path)}, "default")
    try:
        yield environment | {"DATABASE_URL": f"sqlite:///{path}"}
    finally:
        connections["default"].close()
        connections["default"] = in_memory


@pytest.fixture
def work(shared_database):
    """Start `manage.py work` processes: `work("--once")`; those still alive at the end are killed."""
    with contextlib.ExitStack() as stack:
        yield lambda *options, **extra: stack.enter_context(_worker(options, shared_database | extra))


@pytest.fixture
def wait_for():
    """Wait until a condition holds; fails after `seconds`."""

    def wait(condition, *, seconds=30.0):
        limit = time.monotonic() + seconds
        while not (found := condition()):
            assert time.monotonic() < limit, "waited too long"
            time.sleep(0.05)
        return found

    return wait


@contextlib.contextmanager
def _worker(options, environment):
    command = [sys.executable, "manage.py", "work", "--poll", "0.1", *options]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment}, start_new_session=True)
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _address(database: dict) -> str:
    """The address of a PostgreSQL database from Django's settings, socket directories included."""
    account = quote(database["USER"], safe="")
    if database["PASSWORD"]:
        account += f":{quote(database['PASSWORD'], safe='')}"
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgresql://{account}@{quote(database['HOST'], safe='')}{port}/{database['NAME']}"
