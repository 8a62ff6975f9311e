"""`make test`: every stage in turn, each timed; all run even when one fails, and the last line gives the count.

make test                          everything; on SQLite, what may depend on the database (tests/databases.py)
make test ARGS="both"              everything on both databases, linters and journeys too
make test ARGS="lint sqlite"       only the stages named: lint, sqlite, postgresql, journeys
make test ARGS="sqlite -- -k grid" what follows « -- » goes to pytest; paths take the place of the whole suite
"""

import os
import resource
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.databases import TEMPLATE, migrated_postgresql, migrated_sqlite
from tests.services import ServiceError, create_database, postgresql, redis

BIN = Path(sys.executable).parent
APPS = ["surveys", "complaints", "training", "audits", "clu"]
TYPED = ["core", "organisations", "referential", "actions", "indicators", *APPS, "reports", "demo"]
STAGES = ("lint", "sqlite", "postgresql", "journeys")
BOTH = "both"
LINTERS = {  # the longest first: they run two at a time
    "types": ["mypy", *TYPED],
    "templates": ["djlint", "templates", "--lint", "--quiet"],
    "ruff": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "contracts": ["lint-imports", "--no-cache"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "deployment": ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
}
SUITE = ["-n2", "--dist=worksteal", "--ignore=tests/journeys"]
PRODUCTION = {"TESTING": "0", "DEMO": "0", "DEBUG": "0", "SECRET_KEY": secrets.token_hex(40)}


@dataclass(frozen=True)
class TimedStep:
    """What was run, how long it took (processor time of all its processes), how it ended."""

    name: str
    seconds: float
    is_ok: bool
    processor: float | None = None


class Run:
    """What ran, how long it took, what failed."""

    def __init__(self, directory: Path, pytest_arguments: list[str], *, is_whole: bool):
        self.directory = directory
        self.is_whole = is_whole
        self.pytest_arguments = pytest_arguments
        self.steps: list[TimedStep] = []
        self.templates: dict[str, Future[str]] = {}
        self.server = self.redis = ""
        self.started = time.monotonic()

    def command(self, name: str, command: list[str], environment: dict[str, str] | None = None) -> None:
        """One command, whose output is seen as it comes."""
        started, before = time.monotonic(), _processor()
        print(f"\n── {name} : {' '.join(command)}", flush=True)
        code = subprocess.run(_program(command), env=_environment(environment), check=False).returncode
        self._end(TimedStep(name, time.monotonic() - started, code == 0, _processor() - before))

    def together(self, commands: dict[str, list[str]], environment: Callable[[str], dict[str, str]]) -> None:
        """Several commands, two at a time; each shows its output whole, once it has ended."""

        def quietly(name: str) -> None:
            started = time.monotonic()
            done = subprocess.run(
                _program(commands[name]),
                env=_environment(environment(name)),
                check=False,
                text=True,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            print(f"\n── {name} : {' '.join(commands[name])}\n{done.stdout}", end="", flush=True)
            self._end(TimedStep(name, time.monotonic() - started, done.returncode == 0))

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(quietly, commands))

    def pytest(self, name: str, arguments: list[str], environment: dict[str, str], *, whole: str = "tests") -> None:
        report = self.directory / f"{name}.xml"
        command = ["python", "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
        asked = [argument for argument in self.pytest_arguments if argument.startswith("tests")]
        options = [argument for argument in self.pytest_arguments if argument not in asked]
        self.command(name, [*command, *arguments, *options, *(asked or [whole])], environment)

    def prepare(self, stages: Iterable[str], services: ExitStack, pool: ThreadPoolExecutor) -> None:
        """Start what the stages need; each database is migrated once for all test processes, while linters run."""
        if {"postgresql", "journeys"} & set(stages):
            self.server, self.redis = services.enter_context(postgresql()), services.enter_context(redis())
        if {"sqlite", "journeys"} & set(stages):
            (self.directory / "var").mkdir()
            path = self.directory / "var" / "migrated.sqlite3"
            self.templates["sqlite"] = pool.submit(migrated_sqlite, path)
        if "postgresql" in stages:
            self.templates["postgresql"] = pool.submit(migrated_postgresql, self.server, self.directory)

    def _end(self, step: TimedStep) -> None:
        self.steps.append(step)
        if not step.is_ok:
            print(f"── {step.name} : ÉCHEC", flush=True)

    @property
    def has_failed(self) -> bool:
        return not self.steps or not all(step.is_ok for step in self.steps)

    def counts(self) -> dict[str, int]:
        """Tests by outcome, added up over pytest's own reports."""
        total = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
        for report in self.directory.glob("*.xml"):
            for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - written by pytest just above
                for key in total:
                    total[key] += int(suite.get(key, "0"))
        return total


def _program(command: list[str]) -> list[str]:
    return [str(BIN / command[0]), *command[1:]]


def _environment(more: dict[str, str] | None) -> dict[str, str]:
    """Compiled modules are kept: hundreds of processes import the same ones."""
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "", **(more or {})}


def _processor() -> float:
    """Processor seconds of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    own, pytest_arguments = split(sys.argv[1:])
    is_whole = BOTH in own or bool(pytest_arguments)
    own = [name for name in own if name != BOTH]
    unknown = [name for name in own if name not in STAGES]
    if unknown:
        print(f"Étape inconnue : {', '.join(unknown)} (il y a {', '.join(STAGES)})", file=sys.stderr)
        return 2
    stages = own or STAGES
    with (
        tempfile.TemporaryDirectory(prefix="qualepref-reports-") as directory,
        ExitStack() as services,
        ThreadPoolExecutor(2) as pool,
    ):
        run = Run(Path(directory), pytest_arguments, is_whole=is_whole)
        stage = "services"
        try:
            run.prepare(stages, services, pool)
            for stage in stages:
                RUNNERS[stage](run)
        except (ServiceError, subprocess.CalledProcessError) as error:
            print(error, file=sys.stderr)
            run.steps.append(TimedStep(stage, 0, False))
        return conclude(run)


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def lint(run: Run) -> None:
    with tempfile.TemporaryDirectory(prefix="qualepref-lint-") as directory:
        environment = {"TESTING": "1", "VAR_DIR": directory}
        run.together(LINTERS, lambda name: environment | (PRODUCTION if name == "deployment" else {}))


def on_sqlite(run: Run) -> None:
    template = run.templates["sqlite"].result()
    environment = {"DATABASE_URL": "sqlite://:memory:", "REDIS_URL": "", TEMPLATE: template}
    run.pytest("sqlite", SUITE if run.is_whole else [*SUITE, "--leave-to-postgresql"], environment)


def on_postgresql(run: Run) -> None:
    """What asks for no database was proved on SQLite (`tests/databases.py`)."""
    template = run.templates["postgresql"].result()
    address = create_database(run.server, "qualepref")
    environment = {"DATABASE_URL": address, "REDIS_URL": run.redis, TEMPLATE: template}
    run.pytest("postgresql", [*SUITE, "--only-with-database"], environment)


def journeys(run: Run) -> None:
    environment = {
        "JOURNEYS_POSTGRESQL": run.server,
        "JOURNEYS_REDIS": run.redis,
        "DATABASE_URL": "sqlite://:memory:",
        "REDIS_URL": "",
        TEMPLATE: run.templates["sqlite"].result(),
    }
    run.pytest("journeys", ["-n2", "--dist=worksteal"], environment, whole="tests/journeys")


RUNNERS = {"lint": lint, "sqlite": on_sqlite, "postgresql": on_postgresql, "journeys": journeys}


def conclude(run: Run) -> int:
    """Print the times and, as the last line, the count; a stage that failed outside the tests counts as one failure."""
    counts = run.counts()
    failed = counts["failures"] + counts["errors"]
    passed = counts["tests"] - failed - counts["skipped"]
    if run.has_failed and not failed:
        failed = max(1, sum(not step.is_ok for step in run.steps))
    print()
    for step in run.steps:
        processor = "" if step.processor is None else f"  (processeur {step.processor:.0f} s)"
        print(f"{step.name:<12} {step.seconds:6.1f} s  {'ok' if step.is_ok else 'ÉCHEC'}{processor}")
    print(f"{'total':<12} {time.monotonic() - run.started:6.1f} s  (processeur {_processor():.0f} s)")
    print(f"{passed} passed, {failed} failed, {counts['skipped']} skipped")
    return int(run.has_failed)


if __name__ == "__main__":
    sys.exit(main())
