"""The report in each format, by the extension of the file: PDF to print, HTML to publish, ODT to retouch."""

from collections.abc import Callable
from pathlib import Path

from django.contrib.staticfiles import finders

from core.base.errors import UserError
from core.base.figures import format_number
from core.base.words import counted
from core.pages.odt import render_odt
from reports.models import AnnualReport
from reports.rendering.papers import BILAN, Paper

PAGE = "print/report_page.css"


Rendered = tuple[bytes, str]  # the file, and how long it is


def as_pdf(report: AnnualReport, paper: Paper = BILAN) -> Rendered:
    pdf, pages = paper.pdf(report)
    return pdf, counted(pages, "page")


def as_html(report: AnnualReport, paper: Paper = BILAN) -> Rendered:
    """One page that stands alone: its styles are in it, and nothing is fetched."""
    return _weighed(standalone(paper.html(report)))


def standalone(html: str) -> bytes:
    """The page with its styles in it."""
    return html.replace("</head>", f"<style>{_style(PAGE)}</style></head>", 1).encode()


def as_odt(report: AnnualReport, paper: Paper = BILAN) -> Rendered:
    return _weighed(render_odt(paper.html(report), title=paper.name(report)))


FORMATS: dict[str, Callable[[AnnualReport, Paper], Rendered]] = {".pdf": as_pdf, ".html": as_html, ".odt": as_odt}


def format_for(path: Path) -> Callable[[AnnualReport, Paper], Rendered]:
    """The rendering that the extension asks for. Raises UserError for another one."""
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        known = ", ".join(FORMATS)
        raise UserError(f"« {path.name} » : un document s’écrit en {known} ; donnez l’une de ces extensions.") from None


def _weighed(content: bytes) -> Rendered:
    return content, f"{format_number(len(content) // 1024 + 1)} ko"


def _style(name: str) -> str:
    path = finders.find(name)
    assert path, name
    return Path(path).read_text("utf-8")
