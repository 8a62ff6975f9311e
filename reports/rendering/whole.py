"""The whole bilan: as one page, from which the open document is made, and as a PDF laid out in parts."""

from collections.abc import Callable
from typing import Any

from django.template.loader import render_to_string

from reports.models import AnnualReport
from reports.rendering import parts
from reports.rendering.report import context_of


def html_of(context: dict[str, Any]) -> str:
    """The page of a bilan that was computed."""
    return render_to_string("reports/print/report.html", {**context, "contents": parts.contents(context["chapters"])})


def report_html(report: AnnualReport) -> str:
    """The whole document as one page."""
    return html_of(context_of(report))


def render(report: AnnualReport, *, progress: Callable[[int, str], None] = lambda percent, step: None):
    """(PDF, number of pages) of a report; `progress` is told how far the work is."""
    progress(10, "Calcul des chapitres")
    context = context_of(report)
    progress(40, "Mise en page")
    pdf, pages = parts.render(context)
    progress(95, f"{pages} pages")
    return pdf, pages
