"""Medians and memory, and the way a table of ratios is printed."""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psutil

ROUNDS = 15
WARM_UP = 3
SAMPLE_SECONDS = 0.02


@dataclass(frozen=True)
class Measure:
    """One line of a table: what was measured against what, in milliseconds."""

    what: str
    ours_ms: float
    reference_ms: float
    note: str = ""

    @property
    def ratio(self) -> float:
        return self.ours_ms / self.reference_ms if self.reference_ms else float("nan")


def median_ms(action: Callable[[], object], *, rounds: int = ROUNDS, warm_up: int = WARM_UP) -> float:
    """The median time of an action, once it is warm."""
    for _ in range(warm_up):
        action()
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        action()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def fetch(sql: str, parameters: dict) -> list:
    """The rows of raw SQL, with those of the parameters that it names."""
    from django.db import connection

    names = {key: value for key, value in parameters.items() if f"%({key})s" in sql}
    with connection.cursor() as cursor:
        cursor.execute(sql, names)
        return cursor.fetchall()


def measured(name: str, ours: Callable[[], object], raw: Callable[[], object]) -> dict:
    """A row of a table: milliseconds of ours and of the raw SQL, queries of ours."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        ours()
        count = len(queries)  # the log is emptied by the next request
    ms, raw_ms = (median_ms(action, rounds=7, warm_up=1) for action in (ours, raw))
    return {"name": name, "status": 200, "queries": count, "ms": ms, "raw_ms": raw_ms}


@dataclass(frozen=True)
class Run:
    """A finished process: seconds, peak memory of it and its children, and what it printed."""

    seconds: float
    megabytes: float
    output: str


def run(command: Sequence[str], **options) -> Run:
    """Run a program to its end and follow the memory of its whole family."""
    started = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, **options)
    peak = 0
    while child.poll() is None:
        peak = max(peak, _memory(child.pid))
        time.sleep(SAMPLE_SECONDS)
    seconds = time.perf_counter() - started
    output = child.stdout.read()
    child.stdout.close()
    if child.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {child.returncode}")
    return Run(seconds, peak / 1e6, output)


def _memory(pid: int) -> int:
    """Memory that would be freed if the family ended: shared pages are counted once by `pss` where it is known."""
    total = 0
    try:
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    except psutil.NoSuchProcess:
        return 0
    for member in family:
        try:
            total += member.memory_full_info().pss
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return total


def print_table(title: str, measures: Sequence[Measure], *, ours: str, reference: str) -> None:
    """A table that goes into docs/performance.md as it is."""
    print(f"\n### {title}\n\n| | {ours} | {reference} | ratio | |\n|---|--:|--:|--:|---|")
    for m in measures:
        print(f"| {m.what} | {_ms(m.ours_ms)} | {_ms(m.reference_ms)} | {m.ratio:.2f} | {m.note} |")
    sys.stdout.flush()


def _ms(value: float) -> str:
    return f"{value / 1000:.2f} s" if value >= 1000 else f"{value:.1f} ms"
