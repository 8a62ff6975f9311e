"""An outline of slides written as a file; the libraries are loaded by who writes one."""

import base64
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from core.base.identity import service_identity
from core.base.typography import typeset_html
from core.pages.decks.bars import bars_svg
from core.pages.decks.slide import Slide
from core.pages.pdf import render_pdf

STYLESHEET = "print/deck.css"


def numbered(slides: Sequence[Slide], foot: str) -> list[Slide]:
    """The slides with the foot and their number; the first one, the cover, has none."""
    return [
        replace(slide, foot=f"{foot} – {number}/{len(slides)}" if number > 1 else "")
        for number, slide in enumerate(slides, start=1)
    ]


def pptx(slides: Sequence[Slide]) -> bytes:
    """The deck for PowerPoint; the chart is a real one, that can be restyled."""
    return _written("core.pages.decks.pptx_deck.PptxDeck", slides)


def odp(slides: Sequence[Slide]) -> bytes:
    """The deck for Impress."""
    return _written("core.pages.decks.odp_deck.OdpDeck", slides)


def pdf(slides: Sequence[Slide]) -> bytes:
    """The same pages as a tagged PDF (PDF/UA-1), to be sent or read aloud."""
    cover, *others = slides
    context = {
        "cover": cover,
        "slides": [(slide, _picture(slide)) for slide in others],
        "brand": service_identity().brand,
        "is_demo": settings.DEMO,
    }
    return render_pdf(typeset_html(render_to_string("core/decks/slides.html", context)), stylesheet=STYLESHEET)[0]


FORMATS: Mapping[str, Callable[[Sequence[Slide]], bytes]] = {"pptx": pptx, "odp": odp, "pdf": pdf}


def _picture(slide: Slide) -> str:
    """The bars as an address of data, so that the words of the slide are the alternative of the picture."""
    svg = bars_svg(slide.bars) if slide.bars else ""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}" if svg else ""


def _written(name: str, slides: Sequence[Slide]) -> bytes:
    """The deck of that class, loaded with its library now."""
    deck = import_string(name)()
    cover, *others = slides
    deck.cover(cover)
    for slide in others:
        deck.add(slide)
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()
