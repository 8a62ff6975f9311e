"""`make test`: every stage in turn, each timed; all run even when one fails, and the last line gives the count.

make test                          everything
make test ARGS="lint sqlite"       only the stages named: lint, sqlite, postgresql, journeys
make test ARGS="sqlite -- -k grid" what follows « -- » goes to pytest
"""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from contextlib import ExitStack
from pathlib import Path

from tests.services import ServiceError, create_database, postgresql, redis

BIN = Path(sys.executable).parent
TYPED = ["core", "organisations", "referential", "actions", "indicators", "surveys", "reports"]
STAGES = ("lint", "sqlite", "postgresql", "journeys")
LINTERS = {
    "ruff": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "templates": ["djlint", "templates", "--lint", "--quiet"],
    "types": ["mypy", *TYPED],
    "contracts": ["lint-imports", "--no-cache"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "deployment": ["python", "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
}
PRODUCTION = {"TESTING": "0", "DEMO": "0", "DEBUG": "0", "SECRET_KEY": secrets.token_hex(40)}


class Run:
    """What ran, how long it took, what failed."""

    def __init__(self, reports: Path, pytest_arguments: list[str]):
        self.reports = reports
        self.pytest_arguments = pytest_arguments
        self.times: list[tuple[str, float, bool]] = []

    def command(self, name: str, command: list[str], environment: dict[str, str] | None = None) -> None:
        print(f"\n── {name} : {' '.join(command)}", flush=True)
        started = time.monotonic()
        environment = {**os.environ, **(environment or {})}
        code = subprocess.run([BIN / command[0], *command[1:]], env=environment, check=False).returncode
        self.times.append((name, time.monotonic() - started, code == 0))
        if code:
            print(f"── {name} : ÉCHEC (code {code})", flush=True)

    def pytest(self, name: str, arguments: list[str], environment: dict[str, str]) -> None:
        report = self.reports / f"{name}.xml"
        command = ["python", "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
        self.command(name, [*command, *arguments, *self.pytest_arguments], environment)

    @property
    def has_failed(self) -> bool:
        return not self.times or not all(ok for _, _, ok in self.times)

    def counts(self) -> dict[str, int]:
        """Tests by outcome, added up over pytest's own reports."""
        total = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
        for report in self.reports.glob("*.xml"):
            for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - written by pytest just above
                for key in total:
                    total[key] += int(suite.get(key, "0"))
        return total


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
        except ServiceError as error:
            print(error, file=sys.stderr)
            run.times.append((stage, 0, False))
        return conclude(run)


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def lint(run: Run) -> None:
    with tempfile.TemporaryDirectory(prefix="qualepref-lint-") as directory:
        for name, command in LINTERS.items():
            environment = {"TESTING": "1", "VAR_DIR": directory}
            run.command(name, command, environment | (PRODUCTION if name == "deployment" else {}))


def on_sqlite(run: Run) -> None:
    environment = {"DATABASE_URL": "sqlite://:memory:", "REDIS_URL": ""}
    run.pytest("sqlite", ["-n2", "--ignore=tests/journeys", "tests"], environment)


def on_postgresql(run: Run) -> None:
    with ExitStack() as stack:
        environment = {"DATABASE_URL": stack.enter_context(postgresql()), "REDIS_URL": stack.enter_context(redis())}
        environment["DATABASE_URL"] = create_database(environment["DATABASE_URL"], "qualepref")
        run.pytest("postgresql", ["-n2", "--ignore=tests/journeys", "tests"], environment)


def journeys(run: Run) -> None:
    with ExitStack() as stack:
        environment = {
            "JOURNEYS_POSTGRESQL": stack.enter_context(postgresql()),
            "JOURNEYS_REDIS": stack.enter_context(redis()),
            "DATABASE_URL": "sqlite://:memory:",
            "REDIS_URL": "",
        }
        run.pytest("journeys", ["-n2", "--dist=worksteal", "tests/journeys"], environment)


RUNNERS = {"lint": lint, "sqlite": on_sqlite, "postgresql": on_postgresql, "journeys": journeys}


def conclude(run: Run) -> int:
    """Print the times and, as the last line, the count; a stage that failed outside the tests counts as one failure."""
    counts = run.counts()
    failed = counts["failures"] + counts["errors"]
    passed = counts["tests"] - failed - counts["skipped"]
    if run.has_failed and not failed:
        failed = max(1, sum(not ok for _, _, ok in run.times))
    print()
    for name, seconds, ok in run.times:
        print(f"{name:<12} {seconds:6.1f} s  {'ok' if ok else 'ÉCHEC'}")
    print(f"{'total':<12} {sum(seconds for _, seconds, _ in run.times):6.1f} s")
    print(f"{passed} passed, {failed} failed, {counts['skipped']} skipped")
    return int(run.has_failed)


if __name__ == "__main__":
    sys.exit(main())
