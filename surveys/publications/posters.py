"""The poster of a campaign, A3 or A4: results, what follows, the address of the page that says the same in text."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from core.base.identity import service_identity
from core.base.typography import typeset_html
from core.jobs import notices
from core.pages.pdf import render_pdf
from core.pages.qr import qr_svg
from surveys.enums import PublicationKind
from surveys.results.content import Content

STYLESHEETS = {
    PublicationKind.POSTER_A3: "print/poster_a3.css",
    PublicationKind.POSTER_A4: "print/poster_a4.css",
}


@dataclass(frozen=True)
class Fit:
    """The size of the letters, and how many actions and replies a passer-by reads; the page of the QR code has all."""

    scale: str
    actions: int
    feedbacks: int


# The first that holds on one page: large letters where there is little to say, fewer actions where there is much.
FITS = (
    Fit("larger", 6, 3),
    Fit("large", 6, 3),
    Fit("wide", 6, 3),
    Fit("", 6, 3),
    Fit("", 6, 1),
    Fit("", 5, 1),
    Fit("", 4, 1),
    Fit("", 3, 0),
    Fit("", 2, 0),
    Fit("", 0, 0),
)


def poster_pdf(content: Content, kind: str, *, today: date) -> tuple[bytes, int]:
    """The PDF (PDF/UA-1) and its number of pages: one, unless the criteria alone fill more."""
    for fit in FITS:
        html = poster_html(content, today=today, fit=fit)
        data, pages = render_pdf(html, stylesheet=STYLESHEETS[PublicationKind(kind)])
        if pages == 1:
            break
    return data, pages


def poster_html(content: Content, *, today: date, fit: Fit = FITS[0]) -> str:
    address = notices.absolute(reverse("surveys:public-results", args=[content.code]))
    context = {
        "content": content,
        "heading": "Notre accueil mis à l’épreuve" if content.is_mystery else "Vous nous avez donné votre avis",
        "fit": fit,
        "actions": content.actions[: fit.actions],
        "more_actions": len(content.actions) - fit.actions,
        "feedbacks": content.feedbacks[: fit.feedbacks],
        "address": address,
        "qr": qr_svg(address, title="QR code de la page des résultats"),
        "today": today,
        "brand": service_identity().brand,
        "is_demo": settings.DEMO,
    }
    return typeset_html(render_to_string("surveys/print/poster.html", context))
