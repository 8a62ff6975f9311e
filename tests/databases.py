"""The database of each test process: a copy of one that `make test` migrated once (TEST_TEMPLATE), else migrated here.

Where a run has no template, pytest-django migrates as it always does. PostgreSQL, which production uses, runs every
test that asks for a database (`--only-with-database`: pytest-django closes it to the others, which prove the same thing
on both) except those of `ON_SQLITE`. SQLite runs these and those without one, and those whose outcome may depend on it
(`--leave-to-postgresql`): the folders of `ON_BOTH`, and whatever is marked `both`. `make test ARGS=both` runs all on
both.
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
# What a file says is read by Python alone: SQLite is enough, but where what was read is written too (`both`). So is
# who may open what, asked of each page thirty times.
ON_SQLITE = (
    *(f"tests/{app}/imports" for app in ["actions", "indicators", "surveys"]),
    "tests/test_permission_matrix.py",
)
# Where a database shows through: SQL of our own, triggers, seals, locks, windows, JSON, jobs, what `make run` loads.
ON_BOTH = tuple(
    f"tests/{path}"
    for path in [
        "core/record",
        "core/jobs",
        "core/importing",
        "core/services",
        "core/pages",
        "demo",
        "qualepref",
        "organisations",
        "actions/as_of",
        "actions/stories",
        "actions/services",
        "indicators/test_values.py",
        "indicators/test_readings.py",
        "surveys/services",
        "surveys/test_results.py",
        "surveys/test_intake_storm.py",
        "test_invariants.py",
        "test_strictness.py",
    ]
)


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
    parser.addoption("--leave-to-postgresql", action="store_true", help="leave out what PostgreSQL proves for both")


def pytest_collection_modifyitems(config, items):
    wanted = list(items)
    if config.getoption("--only-with-database"):
        wanted = [item for item in wanted if needs_a_database(item) and not is_for_sqlite(item)]
    if config.getoption("--leave-to-postgresql"):
        wanted = [i for i in wanted if not needs_a_database(i) or is_for_sqlite(i) or is_for_both(i)]
    kept = {id(item) for item in wanted}
    if left_out := [item for item in items if id(item) not in kept]:
        config.hook.pytest_deselected(items=left_out)
        items[:] = wanted


def is_for_both(item) -> bool:
    """Whether the outcome of a test may depend on the database."""
    return item.nodeid.startswith(ON_BOTH) or item.get_closest_marker("both") is not None


def is_for_sqlite(item) -> bool:
    """Whether PostgreSQL would only prove again what the test proves on SQLite."""
    return item.nodeid.startswith(ON_SQLITE) and not is_for_both(item)


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
