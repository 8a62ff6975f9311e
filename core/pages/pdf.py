"""HTML to a tagged PDF (PDF/UA-1). The renderer reads nothing but `data:` and our own static files."""

import contextlib
import gc
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from django.contrib.staticfiles import finders

from core.base.errors import UserError

OWN_FILES = "static:"
FONT_FOLDER = "dsfr/dist/fonts/"
ALLOWED_FOLDERS = (FONT_FOLDER, "print/")
STYLESHEET = "print/report.css"


class MissingLibraryError(UserError):
    """The system libraries that WeasyPrint draws with are not installed."""

    def __init__(self):
        super().__init__(
            "Les bibliothèques de mise en page manquent sur le serveur : installez libpango-1.0-0, libpangoft2-1.0-0, "
            "libharfbuzz-subset0 et libfontconfig1."
        )


def render_pdf(html: str, *, stylesheet: str = STYLESHEET) -> tuple[bytes, int]:
    """The PDF and its number of pages; `stylesheet` is a file of `static/print/`. Raises MissingLibraryError
    where pango is absent.

    WeasyPrint is imported here: it costs memory that web workers do not need, and fails without its libraries.
    """
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
    except OSError as error:
        raise MissingLibraryError from error
    fetcher = _own_files_only(weasyprint)
    fonts = FontConfiguration()
    with _collector_at_rest():
        style = weasyprint.CSS(string=_own_file(stylesheet).read_text("utf-8"), font_config=fonts, url_fetcher=fetcher)
        document = weasyprint.HTML(string=html, base_url="about:blank", url_fetcher=fetcher).render(
            stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True
        )
        return document.write_pdf(pdf_variant="pdf/ua-1", pdf_tags=True), len(document.pages)


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
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnFiles(URLFetcher):
        def fetch(self, url, headers=None):
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if not url.startswith(OWN_FILES):
                raise ValueError(f"address refused in a report: {url[:80]}")
            return URLFetcherResponse(url, _own_file(unquote(url.removeprefix(OWN_FILES))).read_bytes())

    return OwnFiles(allowed_protocols={"data"}, allow_redirects=False)


def _own_file(name: str) -> Path:
    if ".." in name or not name.startswith(ALLOWED_FOLDERS):
        raise ValueError(f"file refused in a report: {name[:80]}")
    found = finders.find(name)
    if not found:
        raise ValueError(f"file not found for a report: {name}")
    return Path(found)
