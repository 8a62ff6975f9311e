"""Real services for tests: a throwaway PostgreSQL, Redis, Celery. Each is a context that stops what it started.

with postgresql() as url: …      # postgresql://… on a private socket, data in a temporary directory
with redis() as url: …
with celery_worker({"DATABASE_URL": …, "REDIS_URL": …}): …
"""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
FAST_AND_UNSAFE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "jit=off", "max_connections=200")
_PR_SET_PDEATHSIG = 1


class ServiceError(RuntimeError):
    """A service is not installed, or did not start."""


def free_port() -> int:
    """A TCP port nobody listens to on this machine."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_until(ready: Callable[[], bool], *, seconds: float, child: subprocess.Popen, log: Path) -> None:
    """Wait until a service answers; fail with the end of its log when it is late or dead."""
    limit = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > limit or child.poll() is not None:
            raise ServiceError(f"{child.args} did not start\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.05)


def _die_with_parent(stop: signal.Signals) -> Callable[[], None]:
    """A function for the child process: it receives the signal when its parent dies, however it dies."""
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(_PR_SET_PDEATHSIG, int(stop)) and None


@contextlib.contextmanager
def process(
    command: list[str],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    stop: signal.Signals = signal.SIGTERM,
    user: str | None = None,
) -> Iterator[subprocess.Popen]:
    """Run a command in the background; on leaving, ask it to stop, and kill it after ten seconds."""
    account = pwd.getpwnam(user) if user else None
    owner = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
    with log.open("ab") as output:
        child = subprocess.Popen(
            command,
            cwd=None if account else ROOT,
            env={**os.environ, **(environment or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_die_with_parent(stop),  # noqa: PLW1509 - one call of libc, nothing that locks
            **owner,
        )
    try:
        yield child
    finally:
        if child.poll() is None:
            child.send_signal(stop)
        try:
            child.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def _binary(name: str, *directories: str) -> str:
    path = os.pathsep.join([*directories, os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    found = shutil.which(name, path=path)
    if not found:
        raise ServiceError(f"{name} is not installed: `scripts/setup.sh dev` as root installs it")
    return found


def has_postgresql() -> bool:
    return bool(_postgresql_directories())


def _postgresql_directories() -> list[str]:
    """Directories of the server's binaries, newest first; Debian keeps them out of the PATH."""
    return [str(p.parent) for p in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)]


@contextlib.contextmanager
def postgresql(*settings: str) -> Iterator[str]:
    """A PostgreSQL cluster of our own; yields the address of its empty database. Extra `name=value` settings."""
    directories = _postgresql_directories()
    user = "postgres" if os.geteuid() == 0 else None
    directory = Path(tempfile.mkdtemp(prefix="qualepref-pg-"))
    try:
        if user:
            shutil.chown(directory, user)
        account = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
        data = directory / "data"
        run = {"cwd": directory, "capture_output": True, **account}
        initdb = [_binary("initdb", *directories), "--username=postgres", "--auth=trust", "--no-sync"]
        subprocess.run([*initdb, "--encoding=UTF8", "--locale=C.UTF-8", "-D", data], check=True, **run)
        command = [_binary("postgres", *directories), "-D", str(data), "-k", str(directory), "-h", ""]
        for setting in (*FAST_AND_UNSAFE, *settings):
            command += ["-c", setting]
        log = directory.with_suffix(".log")
        with process(command, log=log, user=user, stop=signal.SIGINT) as child:
            url = f"postgresql://postgres@{quote(str(directory), safe='')}/postgres"
            wait_until(lambda: _accepts(url), seconds=30, child=child, log=log)
            yield url
    finally:
        shutil.rmtree(directory, ignore_errors=True)
        directory.with_suffix(".log").unlink(missing_ok=True)


def _accepts(url: str) -> bool:
    import psycopg

    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def create_database(url: str, name: str, *, template: str = "template1") -> str:
    """Create a database in the cluster, a copy of the template one; returns its address."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return f"{url.rsplit('/', 1)[0]}/{name}"


@contextlib.contextmanager
def redis() -> Iterator[str]:
    """A Redis server that keeps nothing; yields its address."""
    port = free_port()
    directory = Path(tempfile.mkdtemp(prefix="qualepref-redis-"))
    command = [
        _binary("redis-server"),
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        str(directory),
    ]
    try:
        with process(command, log=directory / "log") as child:
            wait_until(lambda: _listens(port), seconds=10, child=child, log=directory / "log")
            yield f"redis://127.0.0.1:{port}/0"
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _listens(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0


@contextlib.contextmanager
def celery_worker(environment: Mapping[str, str], *, concurrency: int = 1) -> Iterator[subprocess.Popen]:
    """A real Celery worker (prefork, acks late) on the database and broker of `environment`."""
    directory = Path(tempfile.mkdtemp(prefix="qualepref-celery-"))
    log = directory / "log"
    command = [sys.executable, "-m", "celery", "-A", "qualepref", "worker", "--loglevel=INFO", "--without-gossip"]
    command += ["--without-mingle", f"--concurrency={concurrency}"]
    try:
        with process(command, log=log, environment=environment) as worker:
            wait_until(lambda: " ready." in log.read_text(errors="replace"), seconds=60, child=worker, log=log)
            yield worker
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def answers(url: str) -> bool:
    """Whether a page answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
