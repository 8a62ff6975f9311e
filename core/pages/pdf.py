"""HTML to a tagged PDF (PDF/UA-1). The renderer reads nothing but `data:` and our own static files."""

import atexit
import contextlib
import gc
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from django.contrib.staticfiles import finders

from core.base.errors import UserError
from core.pages import pdf_charts

OWN_FILES = "static:"
FONT_FOLDER = "dsfr/dist/fonts/"
ALLOWED_FOLDERS = (FONT_FOLDER, "print/")
STYLESHEET = "print/report.css"
VARIANT = "pdf/ua-1"


class MissingLibraryError(UserError):
    """The system libraries that WeasyPrint draws with are not installed."""

    def __init__(self):
        super().__init__(
            "Les bibliothèques de mise en page manquent sur le serveur : installez libpango-1.0-0, libpangoft2-1.0-0, "
            "libharfbuzz-subset0 et libfontconfig1."
        )


def render_pdf(html: str, *, stylesheet: str = STYLESHEET, mark: str = "") -> tuple[bytes, int]:
    """The PDF and its number of pages; `stylesheet` is a file of `static/print/`. Raises MissingLibraryError
    where pango is absent.

    `mark`: what the names of table heads begin with, in a document that will be joined to others.
    """
    from core.pages.pdf_tags import finishing

    with _collector_at_rest():
        document = _laid_out(html, stylesheet, pdf_variant=VARIANT, pdf_tags=True)
        content = document.write_pdf(pdf_variant=VARIANT, pdf_tags=True, finisher=finishing(mark))
        return content, len(document.pages)


def render_stamps(html: str, *, stylesheet: str) -> bytes:
    """Pages to be laid over others: nothing in them is tagged, for they say nothing but where one is."""
    return _laid_out(html, stylesheet).write_pdf()


def warm_up() -> None:
    """Import the renderer and read the fonts of reports ahead: what is forked from here has them."""
    with contextlib.suppress(MissingLibraryError):
        render_pdf('<html lang="fr"><title>é</title><p>é <b>è</b> <i>à</i></p></html>')


def renderer() -> Any:
    """WeasyPrint, imported here: it costs memory that web workers do not need, and fails without its libraries."""
    try:
        import weasyprint
    except OSError as error:
        raise MissingLibraryError from error
    from core.pages import pdf_labels

    pdf_labels.draw_labels_once()
    return weasyprint


def style_text(stylesheet: str) -> str:
    """The words of a style sheet of `static/print/`."""
    return _own_file(stylesheet).read_text("utf-8")


def _laid_out(html: str, stylesheet: str, **options: Any) -> Any:
    weasyprint = renderer()
    style, fonts = _style(stylesheet)
    shown = pdf_charts.as_pictures(html) if stylesheet == STYLESHEET else html
    page = weasyprint.HTML(string=shown, base_url="about:blank", url_fetcher=_own_files_only(weasyprint))
    return page.render(stylesheets=[style], font_config=fonts, **options)


@cache  # emptied at the end: fonts are given back while the libraries are still there
def _style(stylesheet: str) -> tuple[Any, Any]:
    """A style sheet and its fonts, read once in a process."""
    weasyprint = renderer()
    fonts = weasyprint.text.fonts.FontConfiguration()
    return weasyprint.CSS(
        string=style_text(stylesheet), font_config=fonts, url_fetcher=_own_files_only(weasyprint)
    ), fonts


atexit.register(_style.cache_clear)


@contextlib.contextmanager
def _collector_at_rest() -> Iterator[None]:
    """The objects of a layout all live to its end: looking for garbage meanwhile costs a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _own_files_only(weasyprint):
    """A fetcher that refuses every address but `data:` and `static:` names under the allowed folders."""
    urls = weasyprint.urls

    class OwnFiles(urls.URLFetcher):
        def fetch(self, url, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if not url.startswith(OWN_FILES):
                raise ValueError(f"address refused in a report: {url[:80]}")
            return urls.URLFetcherResponse(url, _own_file(unquote(url.removeprefix(OWN_FILES))).read_bytes())

    return OwnFiles(allowed_protocols={"data"}, allow_redirects=False)


def _own_file(name: str) -> Path:
    if ".." in name or not name.startswith(ALLOWED_FOLDERS):
        raise ValueError(f"file refused in a report: {name[:80]}")
    found = finders.find(name)
    if not found:
        raise ValueError(f"file not found for a report: {name}")
    return Path(found)
