"""Start of a web worker: the application alone, against the same with every heavy library; each in its own process."""

import json
import statistics
import sys
from importlib import import_module
from pathlib import Path

from tests.bench.timing import Measure, run

ROUNDS = 5
HEAVY = (
    "celery.app.base", "kombu", "psycopg", "django.contrib.postgres.fields", "xlsxwriter", "openpyxl", "odfdo", "pptx",
    "weasyprint", "python_calamine", "rapidfuzz.fuzz", "segno",
)  # fmt: skip


def measure(directory: Path, environment: dict[str, str]) -> list[Measure]:
    """Medians of processes started in turn, on SQLite; the note tells the memory of both."""
    environment = environment | {"DATABASE_URL": f"sqlite:///{directory}/start.sqlite3", "DEMO": "0", "TESTING": "0"}
    rounds = [(_started("alone", environment), _started("eager", environment)) for _ in range(ROUNDS)]
    alone, eager = (
        {key: statistics.median(one[key] for one in some) for key in some[0]} for some in zip(*rounds, strict=True)
    )
    memory = alone["megabytes"], eager["megabytes"]
    note = "{:.0f} Mo contre {:.0f} Mo ({:.2f})".format(*memory, memory[0] / memory[1])
    return [Measure("Démarrage d’un processus web", alone["ms"], eager["ms"], note)]


def _started(how: str, environment: dict[str, str]) -> dict[str, float]:
    return json.loads(run([sys.executable, "-W", "ignore", "-m", "tests.bench.start", how], env=environment).output)


def main(how: str) -> None:
    """Start, and print the processor time and the memory that it took."""
    import resource

    import_module("qualepref.wsgi")
    if how == "eager":
        for name in HEAVY:
            import_module(name)
    used = resource.getrusage(resource.RUSAGE_SELF)
    json.dump({"ms": (used.ru_utime + used.ru_stime) * 1000, "megabytes": used.ru_maxrss / 1024}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
