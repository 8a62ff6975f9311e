"""`make bench`: pages at one site and at the chosen scale, report, plans, surveys, import; prints tables of ratios."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import intake, report_pdf, start, workbooks
from tests.bench.timing import Measure, print_table, run
from tests.services import ROOT, create_database, postgresql

SERVER = ("shared_buffers=1GB", "max_wal_size=8GB", "maintenance_work_mem=512MB", "work_mem=64MB")
ONE_SITE = "site"
DEMO_SITE, DEMO_YEAR = "13-aix", 2025
EVERYTHING = ["pages", "report", "import", "plans", "complaints", "audits", "training", "results", "intake", "start"]
# What has a database of its own, one site: (module, title, reference).
MODULES = {
    "plans": [
        ("plans", "Plans d’actions, 20 000 changements", "SQL"),
        ("exports", "Fichiers d’une liste", "csv ; openpyxl"),
    ],
    "complaints": [("complaints", "Réclamations, 100 000 en un an", "SQL")],
    "training": [("training", "Formation, 20 000 agents de 1 500 services", "SQL")],
    "audits": [("audits", "Labels, documents et instances, 330 sites et 10 000 documents", "SQL")],
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", choices=["small", "national"], default="small")
    parser.add_argument("--only", choices=EVERYTHING, nargs="*")
    options = parser.parse_args()
    wanted = set(options.only or EVERYTHING)
    with tempfile.TemporaryDirectory(prefix="qualepref-bench-") as name, postgresql(*SERVER) as server:
        directory = Path(name)
        if wanted & {"pages", "report"}:
            _pages_and_report(server, directory, wanted, options.scale)
        for own in sorted(wanted & MODULES.keys()):
            environment = _database(server, ONE_SITE, directory, name=own)
            for module in MODULES[own]:
                _print_module(*module, environment)
        if "results" in wanted:
            _print_results(_database(server, ONE_SITE, directory, name="results"))
        if "import" in wanted:
            measures = workbooks.measure(directory, _environment(directory, server))
            print_table("Lecture d’un classeur", measures, ours="qualepref", reference="openpyxl")
        if "start" in wanted:
            measures = start.measure(directory, _environment(directory, server))
            print_table("Démarrage", measures, ours="qualepref", reference="tout chargé")
        if "intake" in wanted:
            print(f"\n### Formulaires d’enquête reçus\n\n{intake.measure(directory, server)}", flush=True)


def _pages_and_report(server: str, directory: Path, wanted: set[str], scale: str) -> None:
    scales = [ONE_SITE, scale] if "pages" in wanted else [ONE_SITE]
    environments = {scale: _database(server, scale, directory) for scale in scales}
    if "pages" in wanted:
        for scale, environment in environments.items():
            _print_pages(scale, environment)
    if "report" in wanted:
        measures = report_pdf.measure(directory, environments[ONE_SITE])
        print_table("Bilan en PDF, un site très mesuré", measures, ours="qualepref", reference="Chromium")
        demonstration = _filled(server, directory, "demo", ["load_demo"])
        measures = report_pdf.measure(directory, demonstration, unit=DEMO_SITE, year=DEMO_YEAR)
        print_table("Bilan en PDF, la démonstration", measures, ours="qualepref", reference="Chromium")


def _environment(directory: Path, url: str) -> dict[str, str]:
    fixed = {"TESTING": "1", "DEMO": "1", "VAR_DIR": str(directory), "DATABASE_URL": url, "REDIS_URL": ""}
    return os.environ | fixed | {"DJANGO_SETTINGS_MODULE": "qualepref.settings", "LOG_LEVEL": "ERROR"}


def _database(server: str, scale: str, directory: Path, name: str = "") -> dict[str, str]:
    """A database filled at the given scale."""
    return _filled(server, directory, name or scale, ["seed_national", "--scale", scale])


def _filled(server: str, directory: Path, name: str, filling: list[str]) -> dict[str, str]:
    environment = _environment(directory, create_database(server, f"bench_{name}"))
    for command in (["migrate", "--noinput", "-v0"], filling):
        print(f"… {name} : {' '.join(command)}", file=sys.stderr, flush=True)
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, stdout=sys.stderr, check=True
        )
    return environment


def _print_module(module: str, title: str, reference: str, environment: dict[str, str]) -> None:
    rows = json.loads(run([sys.executable, "-m", f"tests.bench.{module}"], env=environment).output)
    measures = [Measure(row["name"], row["ms"], row["raw_ms"], _note(row)) for row in rows]
    print_table(title, measures, ours="qualepref", reference=reference)


def _print_pages(scale: str, environment: dict[str, str]) -> None:
    found = json.loads(run([sys.executable, "-m", "tests.bench.pages"], env=environment).output)
    pages = [Measure(row["name"], row["ms"], row["raw_ms"], _note(row)) for row in found["pages"]]
    print_table(f"Pages, échelle {scale}", pages, ours="page", reference="SQL")
    for key, title, ours, reference in (
        ("summary", "Lectures", "lectures", "valeurs brutes"),
        ("write", "Écriture", "service", "UPDATE seul"),
    ):
        rows = [Measure(row["name"], row["ms"], row["raw_ms"], _note(row)) for row in found[key]]
        print_table(f"{title}, échelle {scale}", rows, ours=ours, reference=reference)


def _print_results(environment: dict[str, str]) -> None:
    found = json.loads(run([sys.executable, "-m", "tests.bench.surveys"], env=environment).output)
    print(
        f"\n### Résultats d’une enquête de {found['forms']} formulaires × 15 critères\n\n| | temps | |\n|---|--:|---|"
    )
    print(f"| Clôture | {found['closing_seconds']:.2f} s | |")
    for row in found["pages"]:
        print(f"| {row['name']} | {row['ms']:.1f} ms | {_note(row)} |", flush=True)


def _note(row: dict) -> str:
    if "queries" not in row:
        return ""
    status = "" if row["status"] == 200 else f" ; réponse {row['status']}"
    return f"{row['queries']} requêtes{status}"


if __name__ == "__main__":
    main()
