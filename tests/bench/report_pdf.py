"""The annual report: our renderer against headless Chromium printing the same HTML, in rounds taken in turn.

« Tiède »: what a worker does that has the renderer and the fonts already, nothing kept of the report.
"""

import json
import shutil
import statistics
import sys
import time
from pathlib import Path

from tests.bench.timing import Measure, run

CHROMIUM = "/usr/bin/chromium-headless-shell"
CHROMIUM_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer")
ROUNDS = 3


def measure(directory: Path, environment: dict[str, str], *, unit: str = "", year: int = 0) -> list[Measure]:
    """Write the HTML, print it both ways; the start of each program is part of its time, save where it is said."""
    html, theirs = directory / "report.html", directory / "chromium.pdf"
    command = [sys.executable, "-m", "tests.bench.report_pdf"]
    of = [unit or "-", str(year)]
    run([*command, "html", *of, str(html)], env=environment)
    chromium = [CHROMIUM, *CHROMIUM_FLAGS, f"--user-data-dir={directory}/profile", f"--print-to-pdf={theirs}"]
    ours, reference = [], []
    for _ in range(ROUNDS):
        ours.append(run([*command, "pdf", *of], env=environment))
        reference.append(run([*chromium, html.as_uri()]))
    told = [json.loads(one.output.strip().splitlines()[-1]) for one in ours]
    seconds = statistics.median(one.seconds for one in reference)
    note = f"{told[0]['pages']} pages ; {ours[0].megabytes:.0f} Mo contre {reference[0].megabytes:.0f} Mo"
    whole = statistics.median(one.seconds for one in ours)
    rows = [Measure("Processus entier, calcul compris", whole * 1000, seconds * 1000, note)]
    for name, words in (("warm", "Travailleur tiède"), ("changed", "Un chapitre changé, tiède")):
        taken = statistics.median(one[name] for one in told)
        full = statistics.median(one["warm"] for one in told)
        rows.append(Measure(words, taken * 1000, seconds * 1000, f"{taken / full:.2f} de notre rendu entier"))
    return rows


def main(action: str, unit: str, year: str, html: Path | None = None) -> None:
    import django

    django.setup()
    from reports.rendering.whole import report_html

    report = _report(unit, int(year))
    if action == "html":
        html.write_text(report_html(report), encoding="utf-8")
        return
    print(json.dumps(_timed(report)))


def _timed(report) -> dict:
    """Seconds of a whole rendering by a warm process, and of another once one chapter has changed."""
    from dataclasses import replace

    from django.conf import settings

    from core.pages import pdf
    from reports.rendering import parts
    from reports.rendering.report import context_of

    context = context_of(report)
    pdf.warm_up()
    shutil.rmtree(settings.PRINTED_PARTS_ROOT, ignore_errors=True)
    start = time.perf_counter()
    _content, pages = parts.render(context)
    warm = time.perf_counter() - start
    first, *others = context["chapters"]
    changed = {**context, "chapters": [replace(first, body=first.body + "<p>Une phrase de plus.</p>"), *others]}
    start = time.perf_counter()
    parts.render(changed)
    return {"pages": pages, "warm": warm, "changed": time.perf_counter() - start}


def _report(unit: str, year: int):
    """The report of a site, or of the measured préfecture, opened for the occasion."""
    from organisations.models import Unit
    from reports.services.annual_reports import open_report

    if unit == "-":
        from tests.bench.pages import place

        where = place()
        return open_report(site=Unit.objects.get(pk=where["site"]), year=where["year"], by=None)
    return open_report(site=Unit.objects.get(code=unit), year=year, by=None)


if __name__ == "__main__":
    action, unit, year, *html = sys.argv[1:]
    main(action, unit, year, *map(Path, html))
