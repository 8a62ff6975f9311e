"""The papers of a year, each in every format: the bilan, its two-page plaquette, the posters of the hall."""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string

from core.base.typography import typeset_html
from core.pages.pdf import render_pdf
from reports.models import AnnualReport
from reports.rendering.posters import results_html, results_pdf, transparence_html, transparence_pdf
from reports.rendering.report import context_of
from reports.rendering.whole import render, report_html

PLAQUETTE = "print/plaquette.css"
PLAQUETTE_PAGES = 2
SCALES = ("", "medium", "small", "smaller")  # the first that holds on two pages


@dataclass(frozen=True)
class Paper:
    """How a paper is made: its HTML, its PDF with its number of pages, its name."""

    html: Callable[[AnnualReport], str]
    pdf: Callable[[AnnualReport], tuple[bytes, int]]
    name: Callable[[AnnualReport], str]


def plaquette_html(report: AnnualReport) -> str:
    """The key figures, the word of the préfet, what each chapter says in a few sentences."""
    return _plaquette(context_of(report), "")


def plaquette_pdf(report: AnnualReport) -> tuple[bytes, int]:
    """On two pages, in smaller letters where there is more to say."""
    context = context_of(report)
    for scale in SCALES:
        pdf, pages = render_pdf(_plaquette(context, scale), stylesheet=PLAQUETTE)
        if pages <= PLAQUETTE_PAGES:
            break
    return pdf, pages


def _plaquette(context: dict, scale: str) -> str:
    return typeset_html(render_to_string("reports/print/plaquette.html", {**context, "scale": scale}))


BILAN = Paper(report_html, render, lambda report: report.name)
PAPERS = {
    "bilan": BILAN,
    "plaquette": Paper(plaquette_html, plaquette_pdf, lambda report: f"L’essentiel du bilan qualité {report.year}"),
    "transparence": Paper(transparence_html, transparence_pdf, lambda report: f"Transparence {report.year}"),
    "resultats": Paper(results_html, results_pdf, lambda report: f"Résultats de l’enquête {report.year}"),
}
