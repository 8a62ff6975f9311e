"""The bilan in parts that are laid out apart: the cover with the contents, then runs of chapters."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

from core.pages import pdf_parts
from core.pages.pdf_parts import Part
from reports.rendering.report import PrintedChapter

SIGNS, ROWS, CHARTS = 3200, 34, 9  # what fills a page
ENOUGH = 1.6  # pages from which a run is long enough to be kept apart
MARKER = "[[chapitres]]"
DEMO = "Démonstration – données inventées, ne pas diffuser"
RUNNING = (
    '@page { @top-left { content: "%s"; } @bottom-left { content: "%s"; } @bottom-right { content: none; } }'
    "@page cover { @top-left { content: none; } @bottom-left { content: none; } }"
)
DRAFT = "Brouillon – édition non scellée"
_TAGS = re.compile(r"<svg.*?</svg>|<[^>]+>", re.DOTALL)


@dataclass(frozen=True)
class ContentsLine:
    """A line of the contents; without a page, the renderer counts it."""

    address: str
    title: str
    number: int | None = None
    page: int | None = None
    under: "Sequence[ContentsLine]" = field(default=())


def contents(chapters: Sequence[PrintedChapter], pages: Mapping[str, int] | None = None) -> list[ContentsLine]:
    """The contents, with the page of each anchor where they are known."""
    return [
        _line(
            one.anchor,
            one.title,
            pages,
            number=one.number,
            under=[_line(anchor, title, pages) for anchor, title in one.subheadings],
        )
        for one in chapters
    ]


def render(context: dict[str, Any], *, note: str = "") -> tuple[bytes, int]:
    """(PDF, number of pages) of a bilan; `note` is written at the head of each page."""
    return pdf_parts.render(lambda pages: _front(context, pages), parts_of(context), note=note)


def parts_of(context: dict[str, Any]) -> list[Part]:
    """The chapters in runs that follow each other on the page: each long enough, or on its side."""
    page = _with_running_words(render_to_string("reports/print/part.html", {**context, "marker": MARKER}), context)
    head, _, _ = page.partition(MARKER)
    return [Part(head, [(one.title, _chapter(one)) for one in run]) for run in _runs(context["chapters"])]


def _chapter(chapter: PrintedChapter) -> str:
    return render_to_string("reports/print/_chapter.html", {"chapter": chapter})


def _front(context: dict[str, Any], pages: Mapping[str, int]) -> str:
    told = {**context, "contents": contents(context["chapters"], pages)}
    return _with_running_words(render_to_string("reports/print/front.html", told), context)


def _with_running_words(html: str, context: dict[str, Any]) -> str:
    """What the head and the foot of its pages say; the numbers are laid over them."""
    title = re.sub(r'["\\\\<>\n]', "", f"{context['title']} {context['report'].year}")
    rules = RUNNING % (title, DEMO if context["is_demo"] else "")
    return html.replace("</head>", f"<style>{rules}</style></head>", 1)


def _runs(chapters: Sequence[PrintedChapter]) -> Iterator[list[PrintedChapter]]:
    run: list[PrintedChapter] = []
    filled = 0.0
    for one in chapters:
        if run and (filled >= ENOUGH or one.is_landscape != run[-1].is_landscape):
            yield run
            run, filled = [], 0.0
        run.append(one)
        filled += _pages(one)
    if run:
        yield run


def _pages(chapter: PrintedChapter) -> float:
    """About how many pages a chapter takes: told from its words, its rows and its charts."""
    body = chapter.body
    signs = len(_TAGS.sub("", body))
    return max(signs / SIGNS, body.count("<tr") / ROWS) + body.count("<svg") / CHARTS + 0.12


def _line(anchor: str, title: str, pages: Mapping[str, int] | None, **more: Any) -> ContentsLine:
    if pages is None:
        return ContentsLine(f"#{anchor}", title, **more)
    return ContentsLine(f"part:{anchor}", title, page=pages.get(anchor), **more)
