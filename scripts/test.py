"""`make test`: every stage in turn, each timed; all run even when one fails, and the last line gives the count.

make test                          everything
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
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.databases import TEMPLATE, migrated_postgresql, migrated_sqlite
from tests.services import ServiceError, create_database, postgresql, redis

BIN = Path(sys.executable).parent
TYPED = ["core", "organisations", "referential", "actions", "indicators", "surveys", "reports"]
STAGES = ("lint", "sqlite", "postgresql", "journeys")
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
class Step:
    """What was run, how long it took (processor time of all its processes, when it ran alone), how it ended."""

    name: str
    seconds: float
    is_ok: bool
    processor: float | None = None


class Run:
    """What ran, how long it took, what failed."""

    def __init__(self, directory: Path, pytest_arguments: list[str]):
        self.directory = directory
        self.pytest_arguments = pytest_arguments
        self.steps: list[Step] = []
        self.templates: dict[str, str] = {}
        self.started = time.monotonic()

    def command(self, name: str, command: list[str], environment: dict[str, str] | None = None) -> None:
        """One command, whose output is seen as it comes."""
        print(f"\n── {name} : {' '.join(command)}", flush=True)
        started, before = time.monotonic(), _processor()
        code = subprocess.run(_program(command), env=_environment(environment), check=False).returncode
        self._end(Step(name, time.monotonic() - started, code == 0, _processor() - before))

    def together(self, commands: dict[str, list[str]], environment: Callable[[str], dict[str, str]]) -> None:
        """Several commands, two at a time; each shows its output whole, once it has ended."""

        def quietly(name: str) -> None:
            started = time.monotonic()
            done = subprocess.run(
                _program(commands[name]), env=_environment(environment(name)), check=False, text=True,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            )  # fmt: skip
            print(f"\n── {name} : {' '.join(commands[name])}\n{done.stdout}", end="", flush=True)
            self._end(Step(name, time.monotonic() - started, done.returncode == 0))

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(quietly, commands))

    def pytest(self, name: str, arguments: list[str], environment: dict[str, str], *, whole: str = "tests") -> None:
        report = self.directory / f"{name}.xml"
        command = ["python", "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
        asked = [argument for argument in self.pytest_arguments if argument.startswith("tests")]
        options = [argument for argument in self.pytest_arguments if argument not in asked]
        self.command(name, [*command, *arguments, *options, *(asked or [whole])], environment)

    def sqlite_template(self) -> str:
        """The SQLite database migrated once for every test process of this run."""
        if "sqlite" not in self.templates:
            (self.directory / "var").mkdir(exist_ok=True)
            self.templates["sqlite"] = migrated_sqlite(self.directory / "var" / "migrated.sqlite3")
        return self.templates["sqlite"]

    def _end(self, step: Step) -> None:
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
    unknown = [name for name in own if name not in STAGES]
    if unknown:
        print(f"Étape inconnue : {', '.join(unknown)} (il y a {', '.join(STAGES)})", file=sys.stderr)
        return 2
    stages = own or STAGES
    with tempfile.TemporaryDirectory(prefix="qualepref-reports-") as directory:
        run = Run(Path(directory), pytest_arguments)
        try:
            for stage in stages:
                RUNNERS[stage](run)
        except (ServiceError, subprocess.CalledProcessError) as error:
            print(error, file=sys.stderr)
            run.steps.append(Step(stage, 0, False))
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
    environment = {"DATABASE_URL": "sqlite://:memory:", "REDIS_URL": "", TEMPLATE: run.sqlite_template()}
    run.pytest("sqlite", SUITE, environment)


def on_postgresql(run: Run) -> None:
    """What asks for no database was proved on SQLite (`tests/databases.py`)."""
    with ExitStack() as stack:
        server = stack.enter_context(postgresql())
        environment = {
            "DATABASE_URL": create_database(server, "qualepref"),
            "REDIS_URL": stack.enter_context(redis()),
            TEMPLATE: migrated_postgresql(server, run.directory),
        }
        run.pytest("postgresql", [*SUITE, "--only-with-database"], environment)


def journeys(run: Run) -> None:
    with ExitStack() as stack:
        environment = {
            "JOURNEYS_POSTGRESQL": stack.enter_context(postgresql()),
            "JOURNEYS_REDIS": stack.enter_context(redis()),
            "DATABASE_URL": "sqlite://:memory:",
            "REDIS_URL": "",
            TEMPLATE: run.sqlite_template(),
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
