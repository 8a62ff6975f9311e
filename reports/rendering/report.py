"""The HTML of a report, as it will be printed: cover, contents, chapters with their computed and written parts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from core.base.identity import service_identity
from core.base.registries import KeyFigure
from core.base.typography import typeset, typeset_html
from core.record import seals
from reports.models import AnnualReport, Chapter
from reports.rendering import images, sections
from reports.rendering.sections import computed
from reports.rules import figures
from reports.rules.images import IMAGE
from reports.rules.texts import clean_text, lines_of, plain_text

_SUBHEADING = re.compile(r"<h3>(.*?)</h3>", re.DOTALL)


@dataclass(frozen=True)
class PrintedChapter:
    """A chapter ready to print; `subheadings` are the (anchor, title) pairs that the contents list under it.

    `brief` and `key_figures` are what the first page and the plaquette say of it, from `rows`.
    """

    chapter_id: int
    number: int | None
    anchor: str
    title: str
    body: SafeString
    subheadings: tuple[tuple[str, str], ...]
    is_landscape: bool
    brief: Sequence[str]
    key_figures: Sequence[KeyFigure]
    rows: str = ""


def context_of(report: AnnualReport) -> dict[str, Any]:
    """What the bilan and its plaquette are printed from: the same chapters, computed once, their images in them."""
    return leaving(kept_context_of(report))


def kept_context_of(report: AnnualReport) -> dict[str, Any]:
    """The same, as an edition keeps it: its images at their addresses."""
    foreword = report.chapters.filter(section=Chapter.FOREWORD, is_included=True).first()
    chapters = _printed_chapters(report)
    return {
        "report": report,
        "title": typeset(report.title),
        "site": typeset(report.site.name),
        "signatory": typeset(report.signatory),
        "foreword": printed_chapter(foreword) if foreword else None,
        "key_figures": [figure for chapter in chapters for figure in chapter.key_figures],
        "chapters": chapters,
        "today": timezone.localdate(),
        "is_provisional": report.year >= timezone.localdate().year,
        "brand": service_identity().brand,
        "is_demo": settings.DEMO,
        "seal_head": seals.head(),
    }


def leaving(context: dict[str, Any]) -> dict[str, Any]:
    """The same, to leave the house: its images in it, its figures with the whole address of their rows."""
    report, foreword = context["report"], context["foreword"]
    foreword = foreword and _left(foreword, report)
    front = render_to_string("reports/print/_front.html", {**context, "foreword": foreword})
    return {
        **context,
        "foreword": foreword,
        "front": _referred(front),
        "chapters": [_left(chapter, report) for chapter in context["chapters"]],
    }


def _left(chapter: PrintedChapter, report: AnnualReport) -> PrintedChapter:
    rows = chapter.rows and f"{settings.SITE_URL}{chapter.rows}"
    return replace(chapter, body=_referred(images.embedded(chapter.body, report)), rows=rows)


def _referred(html: str) -> SafeString:
    return mark_safe(figures.referred(html, settings.SITE_URL))  # noqa: S308 - what was rendered, its links put in


def printed_chapter(chapter: Chapter, number: int = 1) -> PrintedChapter:
    """One chapter with its figures computed now. The text was cleaned when saved, and is again before it is trusted."""
    anchor = f"chapitre-{number}"
    context = computed(chapter)
    rows = sections.rows_of_chapter(chapter, context)
    text = images.addressed(clean_text(chapter.own_text), chapter.report)
    body, subheadings = _with_anchors(typeset_html(text + sections.part(chapter, context)), anchor)
    return PrintedChapter(
        chapter_id=chapter.pk,
        number=number,
        anchor=anchor,
        title=typeset(chapter.title),
        body=mark_safe(body),  # noqa: S308 - a text cleaned two lines above, and the escaped output of a template
        subheadings=subheadings,
        is_landscape=bool(context.get("is_landscape")),
        brief=[typeset(sentence) for sentence in context.get("brief") or _opening(chapter) if sentence],
        key_figures=[replace(one, rows=one.rows or rows) for one in context.get("key_figures", ())],
        rows=rows,
    )


def file_name(report: AnnualReport) -> str:
    """« bilan-qualite-2020-13-aix.pdf »."""
    return f"bilan-qualite-{report.year}-{report.site.code}.pdf"


def _printed_chapters(report: AnnualReport) -> list[PrintedChapter]:
    """Included chapters with something to say: an unwritten one is not printed as an empty title, nor numbered."""
    printed: list[PrintedChapter] = []
    rows = report.chapters.filter(is_included=True).exclude(section=Chapter.FOREWORD)
    for chapter in rows.select_related("report__site").prefetch_related("notes"):
        candidate = printed_chapter(chapter, len(printed) + 1)
        if candidate.body:
            printed.append(candidate)
    return printed


def _opening(chapter: Chapter) -> list[str]:
    """The first paragraph of a written chapter, unless it leads to a list."""
    words = IMAGE.sub("", clean_text(chapter.own_text))
    return [line for line in lines_of(words)[:1] if not line.endswith(":")]


def _with_anchors(html: str, prefix: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Sub-headings receive the anchor that the contents and the bookmarks point at."""
    found: list[tuple[str, str]] = []

    def anchored(match: re.Match) -> str:
        anchor = f"{prefix}-{len(found) + 1}"
        found.append((anchor, plain_text(match[1])))
        return f'<h3 id="{anchor}">{match[1]}</h3>'

    return _SUBHEADING.sub(anchored, html), tuple(found)
