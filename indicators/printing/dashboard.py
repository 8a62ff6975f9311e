"""The dashboard of a month on paper, from a sealed edition: whole for the direction, its own figures for a service."""

from collections.abc import Iterable

from django.conf import settings
from django.template.loader import render_to_string

from core.base.identity import service_identity
from core.base.months import month_name
from core.base.typography import typeset_html
from core.jobs import notices
from core.models import Notice
from core.pages import pdf_kept
from core.pages.pdf import render_pdf
from indicators.models import Snapshot
from indicators.notifications import DASHBOARD, JOINED, codes_of
from indicators.scope import VIEW
from indicators.tables.dashboard import sealed_bands, tiles
from organisations.models import User

STYLESHEET = "print/dashboard.css"


def register() -> None:
    notices.attachers[DASHBOARD] = notices.Attacher(files_of, JOINED)


def files_of(notice: Notice) -> Iterable[notices.File]:
    """The PDF joined to the message: of the whole site, or of the indicators that its reader's services enter."""
    snapshot = Snapshot.objects.filter(pk=notice.key).select_related("site").first()
    person = User.objects.filter(email__iexact=notice.recipient, is_active=True).first()
    if snapshot is None or person is None:
        return
    codes = None if person.can(VIEW, snapshot.site_id) else codes_of(person, snapshot)
    yield file_name(snapshot), pdf_of(snapshot, codes), "application/pdf"


def pdf_of(snapshot: Snapshot, codes: set[str] | None = None) -> bytes:
    """The PDF of an edition, kept: it is the same for each of its readers."""
    html = html_of(snapshot, codes)
    key = pdf_kept.key_of(html, stylesheet=STYLESHEET)
    content = pdf_kept.find(key)
    if content is None:
        content, _pages = render_pdf(html, stylesheet=STYLESHEET)
        pdf_kept.keep(key, content)
    return content


def html_of(snapshot: Snapshot, codes: set[str] | None = None) -> str:
    """The page of an edition, reduced to some indicators where they are given."""
    rows = [row for row in snapshot.payload.get("indicators", ()) if codes is None or row["code"] in codes]
    bands = sealed_bands(rows, site_code=snapshot.site.code, year=snapshot.year, month=snapshot.month)
    context = {
        "snapshot": snapshot,
        "month_name": month_name(snapshot.month),
        "bands": bands,
        "tiles": tiles(bands),
        "changes": [one for one in snapshot.changes if codes is None or one["code"] in codes],
        "is_partial": codes is not None,
        "brand": service_identity().brand,
        "is_demo": settings.DEMO,
    }
    return typeset_html(render_to_string("indicators/print/dashboard.html", context))


def file_name(snapshot: Snapshot) -> str:
    """« tableau-de-bord-2026-10-13-aix.pdf »."""
    return f"tableau-de-bord-{snapshot.year}-{snapshot.month:02d}-{snapshot.site.code}.pdf"
