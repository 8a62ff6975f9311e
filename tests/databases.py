"""The database of each test process: a copy of one that `make test` migrated once (TEST_TEMPLATE), else migrated here.

Where a run has no template, pytest-django migrates as it always does. `--only-with-database` leaves out the tests that
ask for no database: pytest-django closes it to them, so that they prove the same thing on PostgreSQL as on SQLite.
"""

import contextlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services import ROOT, create_database

TEMPLATE = "TEST_TEMPLATE"  # path of an SQLite file, or name of a PostgreSQL database of the same cluster
DATABASE_FIXTURES = {"db", "transactional_db"}
SERVICE_MARKS = ("postgresql", "celery")


def migrated_sqlite(path: Path) -> str:
    """Migrate a new SQLite file; returns its path, the value of TEST_TEMPLATE."""
    migrate({"DATABASE_URL": f"sqlite:///{path}", "VAR_DIR": str(path.parent)})
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")  # a database in memory has no write-ahead log
    return str(path)


def migrated_postgresql(server: str, directory: Path, name: str = "migrated") -> str:
    """Migrate a new database of the cluster; returns its name, the value of TEST_TEMPLATE."""
    migrate({"DATABASE_URL": create_database(server, name), "VAR_DIR": str(directory)})
    return name


def migrate(environment: dict[str, str]) -> None:
    fixed = {"DJANGO_SETTINGS_MODULE": "qualepref.settings", "TESTING": "1", "DEMO": "0", "REDIS_URL": ""}
    command = [sys.executable, "manage.py", "migrate", "--noinput", "-v0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | fixed | environment, check=True)


def pytest_addoption(parser):
    parser.addoption("--only-with-database", action="store_true", help="leave out the tests that ask for no database")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--only-with-database"):
        return
    left_out = [item for item in items if not needs_a_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if needs_a_database(item)]


def needs_a_database(item) -> bool:
    """Whether the test, or a fixture it asks for, opens a database or a service."""
    asks = DATABASE_FIXTURES & set(item.fixturenames) or item.get_closest_marker("django_db")
    return bool(asks or any(item.get_closest_marker(name) for name in SERVICE_MARKS))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> Iterator[None]:
    """Before pytest-django makes the database of this process: migrating it then finds everything done."""
    from django.conf import settings
    from django.db import connection

    template = os.environ.get(TEMPLATE)
    with contextlib.ExitStack() as stack:
        if template and settings.IS_SQLITE:
            stack.enter_context(_in_memory(template, connection.creation._get_test_db_name()))
        elif template:
            connection.settings_dict["TEST"]["TEMPLATE"] = template
        yield


@contextlib.contextmanager
def _in_memory(template: str, name: str) -> Iterator[None]:
    """The copy in the shared memory of this process, which lasts as long as a connection is open on it."""
    with (
        contextlib.closing(sqlite3.connect(name, uri=True)) as kept,
        contextlib.closing(sqlite3.connect(f"file:{template}?mode=ro", uri=True)) as source,
    ):
        source.backup(kept)
        yield
