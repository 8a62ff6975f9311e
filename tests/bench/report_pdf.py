"""The annual report: our renderer against headless Chromium printing the same HTML, time and memory of each process."""

import sys
from pathlib import Path

from tests.bench.timing import Measure, run

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-pdf-header-footer")


def measure(directory: Path, environment: dict[str, str]) -> list[Measure]:
    """Write the HTML, print it both ways; the start of each program is part of its time."""
    html, ours, theirs = directory / "report.html", directory / "ours.pdf", directory / "chromium.pdf"
    run([sys.executable, "-m", "tests.bench.report_pdf", "html", str(html)], env=environment)
    pdf = run([sys.executable, "-m", "tests.bench.report_pdf", "pdf", str(html), str(ours)], env=environment)
    command = [CHROMIUM, *CHROMIUM_FLAGS, f"--user-data-dir={directory}/profile", f"--print-to-pdf={theirs}"]
    chromium = run([*command, html.as_uri()])
    pages = pdf.output.strip()
    note = f"{pages} pages ; {pdf.megabytes:.0f} Mo contre {chromium.megabytes:.0f} Mo"
    return [Measure("Bilan annuel", pdf.seconds * 1000, chromium.seconds * 1000, note)]


def main(action: str, html: Path, pdf: Path | None = None) -> None:
    import django

    django.setup()
    if action == "html":
        html.write_text(_report_html(), encoding="utf-8")
        return
    from core.pages.pdf import render_pdf

    content, pages = render_pdf(html.read_text(encoding="utf-8"))
    pdf.write_bytes(content)
    print(pages)


def _report_html() -> str:
    """The report of the measured préfecture, opened for the occasion."""
    from organisations.models import Unit, User
    from reports.rendering.whole import report_html
    from reports.services.annual_reports import open_report
    from tests.bench.pages import place

    where = place()
    by = User.objects.get(email="rq@mesures.invalid")
    return report_html(open_report(site=Unit.objects.get(pk=where["site"]), year=where["year"], by=by))


if __name__ == "__main__":
    main(sys.argv[1], *map(Path, sys.argv[2:]))
