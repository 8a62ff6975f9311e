"""The HTML of a report, as it will be printed: cover, contents, chapters with their computed and written parts."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from core.registries import report_sections
from reports.models import AnnualReport, Chapter
from reports.rendering.pdf import render_pdf
from reports.rules import clean_text, plain_text


@dataclass(frozen=True)
class PrintedChapter:
    """A chapter ready to print; `anchor` is what the contents point at."""

    number: int
    anchor: str
    title: str
    text: str
    figures: str


def report_html(report: AnnualReport) -> str:
    """The whole document, for the PDF and for the preview on screen."""
    chapters = [chapter for chapter in report.chapters.all() if chapter.is_included]
    printed = [printed_chapter(chapter, number) for number, chapter in enumerate(_to_print(chapters), start=1)]
    context = {
        "report": report,
        "site": report.site,
        "chapters": printed,
        "today": timezone.localdate(),
        "is_demo": settings.DEMO,
    }
    return render_to_string("reports/print/report.html", context)


def printed_chapter(chapter: Chapter, number: int = 1) -> PrintedChapter:
    """One chapter with its figures computed now. The text was cleaned when saved, and is again before it is trusted."""
    return PrintedChapter(
        number=number,
        anchor=f"chapitre-{number}",
        title=chapter.title,
        text=mark_safe(clean_text(chapter.text)),  # noqa: S308 - cleaned on the same line
        figures=section_html(chapter),
    )


def section_html(chapter: Chapter) -> str:
    """The computed part of a chapter; empty when it is written only, or when its app is gone."""
    if not chapter.section or chapter.section not in report_sections:
        return ""
    section = report_sections.get(chapter.section)
    return render_to_string(section.template, dict(section.context(chapter.report.site, chapter.report.year)))


def render(report: AnnualReport, *, progress: Callable[[int, str], None] = lambda percent, step: None):
    """(PDF, number of pages) of a report; `progress` is told how far the work is."""
    progress(10, "Calcul des chapitres")
    html = report_html(report)
    progress(40, "Mise en page")
    pdf, pages = render_pdf(html)
    progress(95, f"{pages} pages")
    return pdf, pages


def file_name(report: AnnualReport) -> str:
    """« bilan-qualite-2020-13-aix.pdf »."""
    return f"bilan-qualite-{report.year}-{report.site.code}.pdf"


def _to_print(chapters: list[Chapter]) -> list[Chapter]:
    """Chapters with something to say: an unwritten one is not printed as an empty title."""
    return [chapter for chapter in chapters if chapter.section or plain_text(chapter.text)]
