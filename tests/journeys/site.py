"""The demonstration served as in production: gunicorn and a worker, real processes on a copy of a prepared database."""

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests import services
from tests.databases import TEMPLATE

DATABASE = "qualepref.sqlite3"
START_SECONDS = 60


@dataclass(frozen=True)
class Site:
    """A served demonstration."""

    url: str
    directory: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a management command on the database of the site; returns what it prints."""
        return manage(self.environment, *arguments)


def manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    run = subprocess.run(
        command, cwd=services.ROOT, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, f"manage.py {' '.join(arguments)}\n{run.stdout}\n{run.stderr}"
    return run.stdout


def environment_of(directory: Path, **more: str) -> dict[str, str]:
    """What `make run` would set, whatever the environment of the test run."""
    fixed = {
        "DJANGO_SETTINGS_MODULE": "qualepref.settings",
        "VAR_DIR": str(directory),
        "DATABASE_URL": f"sqlite:///{directory / DATABASE}",
        "REDIS_URL": "",
        "MEDIA_ROOT": str(directory / "media"),
        "DEMO": "1",
        "DEBUG": "0",
        "TESTING": "0",
    }
    return fixed | more


def prepare(directory: Path, *, today: date | None = None) -> Path:
    """Static files and the demonstration database, made once per test run and shared by its processes."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (directory / "ready").exists():
            environment = environment_of(directory)
            manage(environment, "collectstatic", "--noinput", "-v0")
            if migrated := os.environ.get(TEMPLATE):
                shutil.copy(migrated, directory / DATABASE)
            load(environment, today=today)
            (directory / "ready").touch()
    return directory


def load(environment: dict[str, str], *, today: date | None = None) -> None:
    """Migrate the database and load the demonstration."""
    manage(environment, "migrate", "--noinput", "-v0")
    manage(environment, "load_demo", "-v0", *(["--today", today.isoformat()] if today else []))


@contextlib.contextmanager
def embedded_site(prepared: Path, directory: Path) -> Iterator[Site]:
    """Web and `manage.py work` on a copy of the prepared SQLite database."""
    _share_files(prepared, directory)
    for file in prepared.glob(f"{DATABASE}*"):
        shutil.copy(file, directory)
    environment = environment_of(directory)
    worker = services.process(
        [sys.executable, "manage.py", "work"], log=directory / "work.log", environment=environment
    )
    with worker, _served(directory, environment) as site:
        yield site


@contextlib.contextmanager
def celery_site(prepared: Path, directory: Path, *, postgresql: str, redis: str) -> Iterator[Site]:
    """Web and a Celery worker on PostgreSQL and Redis."""
    _share_files(prepared, directory)
    url = services.create_database(postgresql, f"journeys_{os.getpid()}")
    environment = environment_of(directory, DATABASE_URL=url, REDIS_URL=redis)
    load(environment)
    with services.celery_worker(environment), _served(directory, environment) as site:
        yield site


def _share_files(prepared: Path, directory: Path) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "static").symlink_to(prepared / "static")
    if (prepared / "media").exists():
        shutil.copytree(prepared / "media", directory / "media")


@contextlib.contextmanager
def _served(directory: Path, environment: dict[str, str]) -> Iterator[Site]:
    port = services.free_port()
    environment["SITE_URL"] = url = f"http://localhost:{port}"
    command = [sys.executable, "-m", "gunicorn", "qualepref.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command += ["--no-control-socket", "--log-level", "warning"]
    log = directory / "web.log"
    with services.process(command, log=log, environment=environment) as web:
        services.wait_until(lambda: services.answers(f"{url}/sante"), seconds=START_SECONDS, child=web, log=log)
        yield Site(url=url, directory=directory, environment=environment)
