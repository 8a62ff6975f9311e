"""A plain document of titles, paragraphs, bullets and tables, written as tagged PDF or ODT."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from core.base.identity import service_identity
from core.base.typography import typeset, typeset_html
from core.pages.pdf import render_pdf

STYLESHEET = "print/committee.css"
PLACES = {"decides": "center", "signature": "end"}


@dataclass(frozen=True)
class PaperSection:
    """A title and what is under it; `is_new_page` begins a page, `is_tall` leaves room to sign in each line.

    look: how a part of an arrêté stands: `decides` (in the middle), `article`, `signature` (on the right).
    """

    title: str
    paragraphs: Sequence[str] = ()
    bullets: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    caption: str = ""
    is_new_page: bool = False
    is_tall: bool = False
    level: int = 2
    look: str = ""


@dataclass(frozen=True)
class MeetingPaper:
    """Title, subtitle, sections; `foot` is at the bottom of each page, `draft` says why it is not final."""

    title: str
    subtitle: str
    sections: Sequence[PaperSection]
    foot: str = ""
    draft: str = ""


def pdf(document: MeetingPaper) -> bytes:
    """The document as a tagged PDF (PDF/UA-1)."""
    context = {"document": document, "brand": service_identity().brand, "is_demo": settings.DEMO}
    return render_pdf(typeset_html(render_to_string("clu/print/document.html", context)), stylesheet=STYLESHEET)[0]


def odt(document: MeetingPaper) -> bytes:
    """The same for a word processor, to be completed."""
    from odfdo import Document, Header, List, ListItem, Paragraph, Style

    book = Document("text")
    book.body.clear()
    book.meta.title = typeset(document.title)
    book.meta.language = "fr-FR"
    body = book.body
    body.append(Header(1, typeset(document.title)))
    body.append(Paragraph(typeset(document.subtitle)))
    if document.draft:
        body.append(Paragraph(typeset(document.draft)))
    for look, place in PLACES.items():
        book.insert_style(Style("paragraph", name=look, area="paragraph", align=place), automatic=True)
    for section in document.sections:
        style = section.look if section.look in PLACES else None
        if section.title:
            body.append(Header(section.level, typeset(section.title), style=style))
        for text in section.paragraphs:
            body.append(Paragraph(typeset(text), style=style))
        if section.bullets:
            body.append(List([ListItem(typeset(text)) for text in section.bullets]))
        if section.rows:
            body.append(_table(section))
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _table(section: PaperSection):
    from odfdo import Cell, Paragraph, Row, Table

    table = Table(typeset(section.title or section.caption or "Tableau"))
    for cells in (section.head, *section.rows):
        row = Row()
        for text in cells:
            cell = Cell()
            cell.append(Paragraph(typeset(text)))
            row.append(cell)
        table.append(row)
    return table
