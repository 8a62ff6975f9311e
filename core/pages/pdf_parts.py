"""A long document laid out in parts: those that changed only, on two processors, then joined with true page numbers.

A part is a run of chapters that follow each other on the page. It is kept under the digest of what it says: the same
part is never laid out twice. The first part holds the cover and the contents, made last, once the pages are counted.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from core.base.errors import UserError
from core.pages import pdf, pdf_kept
from core.pages.pdf_processes import spread

STAMPS = "print/stamps.css"
FRONT = "Première page et sommaire"
TRIES = 3  # the contents may take one page more than they were thought to
logger = logging.getLogger(__name__)
Pages = tuple[list[bool], dict[str, int]]  # whether each page lies on its side, and the page of each anchor


class PartError(UserError):
    """A chapter that cannot be laid out; the sentence names it."""

    def __init__(self, names: Sequence[str]):
        told = " ou ".join(f"« {name} »" for name in names)
        super().__init__(f"Le chapitre {told} n’a pas pu être mis en page. Allégez-le, puis recommencez.")


@dataclass(frozen=True)
class Part:
    """A run of chapters (name, HTML), between the head of a page and its end."""

    head: str
    chapters: Sequence[tuple[str, str]]
    end: str = "</body></html>"

    @property
    def html(self) -> str:
        return f"{self.head}{''.join(html for _name, html in self.chapters)}{self.end}"


Front = Callable[[Mapping[str, int]], str]


def render(front: Front, parts: Sequence[Part], *, note: str = "") -> tuple[bytes, int]:
    """The whole as one tagged PDF, and its number of pages. `front` makes the cover and the contents from the page of
    each anchor; `note` is written at the head of each page. Raises PartError where a chapter cannot be laid out.
    """
    from core.pages import pdf_joining  # with its library

    made = _laid_out(parts)
    counted = [pdf_joining.pages_of(content) for content in made]
    first, sides = _front(front, counted, pdf_joining.pages_of)
    whole = [side for part in (sides, *(sides for sides, _ in counted)) for side in part]
    return pdf_joining.join([first, *made], stamps=_stamps(whole, note)), len(whole)


def _laid_out(parts: Sequence[Part]) -> list[bytes]:
    """Each part, from those kept where it says the same, else laid out now."""
    keys = [pdf_kept.key_of(part.html) for part in parts]
    found = {key: content for key in keys if (content := pdf_kept.find(key)) is not None}
    lacking = {key: part for key, part in zip(keys, parts, strict=True) if key not in found}
    tasks = [(len(part.html), _task(part, key)) for key, part in lacking.items()]
    for key, content in zip(lacking, spread(tasks), strict=True):
        pdf_kept.keep(key, content)
        found[key] = content
    return [found[key] for key in keys]


def _task(part: Part, key: str) -> Callable[[], bytes]:
    return lambda: _lay_out(part, key)


def _lay_out(part: Part, key: str) -> bytes:
    """The PDF of a part. Where that fails, each chapter is tried by itself to tell which one cannot."""
    try:
        return pdf.render_pdf(part.html, mark=key[:10])[0]
    except UserError:
        raise
    except Exception as error:
        logger.exception("a part of a report could not be laid out")
        raise PartError(_guilty(part)) from error


def _guilty(part: Part) -> list[str]:
    names = []
    for name, html in part.chapters:
        try:
            pdf.render_pdf(replace(part, chapters=[(name, html)]).html)
        except Exception:
            names.append(name)
    return names or [name for name, _html in part.chapters]


def _front(front: Front, counted: Sequence[Pages], pages_of: Callable[[bytes], Pages]) -> tuple[bytes, list[bool]]:
    """The cover and the contents, whose own pages come before those they count."""
    pages = 2
    for _ in range(TRIES):
        anchors, before = {}, pages
        for sides, places in counted:
            anchors |= {name: before + place + 1 for name, place in places.items()}
            before += len(sides)
        html = front(anchors)
        key = pdf_kept.key_of(html)
        content = pdf_kept.find(key)
        if content is None:
            content = _lay_out(Part("", [(FRONT, html)], end=""), key)
            pdf_kept.keep(key, content)
        sides, _anchors = pages_of(content)
        if len(sides) == pages:
            break
        pages = len(sides)
    return content, sides


def _stamps(sides: Sequence[bool], note: str) -> bytes:
    """A page for each page, with its number and the note."""
    told = escape(note, quote=True)
    pages = "".join(
        f'<section class="{"landscape" if side else "portrait"}{"" if place else " bare"}" '
        f'data-note="{told}"></section>'
        for place, side in enumerate(sides)
    )
    html = f'<!DOCTYPE html><html lang="fr"><head><title>Pages</title></head><body>{pages}</body></html>'
    key = pdf_kept.key_of(html, stylesheet=STAMPS)
    content = pdf_kept.find(key)
    if content is None:
        content = pdf.render_stamps(html, stylesheet=STAMPS)
        pdf_kept.keep(key, content)
    return content
