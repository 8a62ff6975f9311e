"""The poster of a campaign, A3 or A4: results, what follows, the address of the page that says the same in text."""

from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from core import notices
from core.identity import service_identity
from core.pdf import render_pdf
from core.qr import qr_svg
from core.typography import typeset_html
from surveys.enums import PublicationKind
from surveys.publications.content import Content

STYLESHEETS = {
    PublicationKind.POSTER_A3: "print/poster_a3.css",
    PublicationKind.POSTER_A4: "print/poster_a4.css",
}
# How many actions and replies a passer-by reads, the page of the QR code has them all: the first that hold on one page.
FITS = ((6, 3), (5, 2), (4, 1), (3, 1), (2, 0), (0, 0))


def poster_pdf(content: Content, kind: str, *, today: date) -> tuple[bytes, int]:
    """The PDF (PDF/UA-1) and its number of pages: one, unless the criteria alone fill more."""
    for fit in FITS:
        html = poster_html(content, today=today, fit=fit)
        data, pages = render_pdf(html, stylesheet=STYLESHEETS[PublicationKind(kind)])
        if pages == 1:
            break
    return data, pages


def poster_html(content: Content, *, today: date, fit: tuple[int, int] = FITS[0]) -> str:
    most_actions, most_feedbacks = fit
    address = notices.absolute(reverse("surveys:public-results", args=[content.code]))
    context = {
        "content": content,
        "heading": "Les appels, courriels et visites mystère"
        if content.is_mystery
        else "Vous nous avez donné votre avis",
        "actions": content.actions[:most_actions],
        "more_actions": len(content.actions) - most_actions,
        "feedbacks": content.feedbacks[:most_feedbacks],
        "address": address,
        "qr": qr_svg(address, title="QR code de la page des résultats"),
        "today": today,
        "brand": service_identity().brand,
        "is_demo": settings.DEMO,
    }
    return typeset_html(render_to_string("surveys/print/poster.html", context))
