"""An edition as it is made: its PDF, its page, its open document, and each chapter as printed, from one computation."""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string

from core.pages.odt import render_odt
from reports.models import AnnualReport, Chapter, FrozenChapter
from reports.rendering import corrections, parts
from reports.rendering.formats import standalone
from reports.rendering.report import PrintedChapter, kept_context_of, leaving
from reports.rendering.whole import html_of

FIRST_PAGE = "Première page"


@dataclass(frozen=True)
class MadeEdition:
    """What was made; the rows are not saved, nor do they know their edition yet."""

    pdf: bytes
    draft: bytes  # the same, each of its pages marked as a draft
    pages: int
    files: dict[str, bytes]  # by extension
    chapters: list[FrozenChapter]


def make(report: AnnualReport, *, progress: Callable[[int, str], None] = lambda percent, step: None) -> MadeEdition:
    """Make the next edition of a report; `progress` is told how far the work is."""
    progress(10, "Calcul des chapitres")
    context = kept_context_of(report)
    chapters = _frozen(report, context)
    if (told := corrections.of(report, chapters)) is not None:
        context["chapters"] = [*context["chapters"], told]
        chapters.append(FrozenChapter(position=len(chapters), title=told.title, body=told.body))
    context = leaving(context)
    progress(40, "Mise en page")
    pdf, pages = parts.render(context)
    draft, _pages = parts.render(context, note=parts.DRAFT)
    progress(90, "Page et document modifiable")
    html = html_of(context)
    files = {"html": standalone(html), "odt": render_odt(html, title=report.name)}
    return MadeEdition(pdf, draft, pages, files, chapters)


def _frozen(report: AnnualReport, context: dict) -> list[FrozenChapter]:
    """The first page, then each chapter that is due, those that had nothing to say empty."""
    printed: dict[int, PrintedChapter] = {one.chapter_id: one for one in context["chapters"]}
    if context["foreword"]:
        printed[context["foreword"].chapter_id] = context["foreword"]
    front = render_to_string("reports/print/_front.html", {"key_figures": context["key_figures"]})
    rows = [FrozenChapter(position=0, title=FIRST_PAGE, body=front.strip())]
    for chapter in report.chapters.filter(is_included=True):
        rows.append(_row(chapter, printed.get(chapter.pk), len(rows)))
    return rows


def _row(chapter: Chapter, printed: PrintedChapter | None, position: int) -> FrozenChapter:
    is_foreword = chapter.section == Chapter.FOREWORD
    return FrozenChapter(
        chapter=chapter,
        position=position,
        number=printed.number if printed and not is_foreword else None,
        title=printed.title if printed else chapter.title,
        body=printed.body if printed else "",
    )
