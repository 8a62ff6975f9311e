"""The HTML of a report, as it will be printed: cover, contents, chapters with their computed and written parts."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from core.identity import service_identity
from core.pdf import render_pdf
from core.registries import report_sections
from core.typography import typeset, typeset_html
from reports.models import AnnualReport, Chapter
from reports.rules.texts import clean_text, plain_text

_SUBHEADING = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)


@dataclass(frozen=True)
class PrintedChapter:
    """A chapter ready to print; `subheadings` are the (anchor, title) pairs that the contents list under it."""

    number: int
    anchor: str
    title: str
    body: SafeString
    subheadings: tuple[tuple[str, str], ...]
    is_landscape: bool


def report_html(report: AnnualReport) -> str:
    """The whole document, for the PDF."""
    context = {
        "report": report,
        "title": typeset(report.title),
        "site": typeset(report.site.name),
        "signatory": typeset(report.signatory),
        "chapters": _printed_chapters(report),
        "today": timezone.localdate(),
        "brand": service_identity().brand,
        "is_demo": settings.DEMO,
    }
    return render_to_string("reports/print/report.html", context)


def printed_chapter(chapter: Chapter, number: int = 1) -> PrintedChapter:
    """One chapter with its figures computed now. The text was cleaned when saved, and is again before it is trusted."""
    anchor = f"chapitre-{number}"
    figures, is_landscape = _section(chapter)
    body, subheadings = _with_anchors(typeset_html(clean_text(chapter.text) + figures), anchor)
    return PrintedChapter(
        number=number,
        anchor=anchor,
        title=typeset(chapter.title),
        body=mark_safe(body),  # noqa: S308 - a text cleaned two lines above, and the escaped output of a template
        subheadings=subheadings,
        is_landscape=is_landscape,
    )


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


def _printed_chapters(report: AnnualReport) -> list[PrintedChapter]:
    """Included chapters with something to say: an unwritten one is not printed as an empty title, nor numbered."""
    printed: list[PrintedChapter] = []
    for chapter in report.chapters.filter(is_included=True).select_related("report__site"):
        candidate = printed_chapter(chapter, len(printed) + 1)
        if candidate.body:
            printed.append(candidate)
    return printed


def _section(chapter: Chapter) -> tuple[str, bool]:
    """The computed part of a chapter and whether its pages lie on their side.

    Empty where the app of the section is gone, or where the section says `is_empty` in its context.
    """
    if not chapter.section or chapter.section not in report_sections:
        return "", False
    section = report_sections.get(chapter.section)
    context = dict(section.context(chapter.report.site, chapter.report.year))
    if context.get("is_empty"):
        return "", False
    return render_to_string(section.template, context), bool(context.get("is_landscape"))


def _with_anchors(html: str, prefix: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Sub-headings receive the anchor that the contents and the bookmarks point at."""
    found: list[tuple[str, str]] = []

    def anchored(match: re.Match) -> str:
        anchor = f"{prefix}-{len(found) + 1}"
        found.append((anchor, plain_text(match[1])))
        return f'<h3 id="{anchor}">{match[1]}</h3>'

    return _SUBHEADING.sub(anchored, html), tuple(found)
