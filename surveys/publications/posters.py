"""The poster of a campaign, A3 or A4: results, what follows, the address of the page that says the same in text."""

from dataclasses import dataclass
from datetime import date
from math import ceil

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from core.base.identity import service_identity
from core.base.typography import typeset_html
from core.jobs import notices
from core.pages.pdf import render_pdf
from core.pages.qr import qr_svg
from surveys.enums import PublicationKind
from surveys.results.content import SurveyContent

STYLESHEETS = {
    PublicationKind.POSTER_A3: "print/poster_a3.css",
    PublicationKind.POSTER_A4: "print/poster_a4.css",
}


@dataclass(frozen=True)
class Fit:
    """The size of the letters, how many actions and replies a passer-by reads, and on how many sheets.

    The page of the QR code has them all. No size is under 24 points for a criterion on A3: a second sheet comes first.
    """

    scale: str
    actions: int
    feedbacks: int
    sheets: int = 1
    first: float = 1  # the part of the criteria that the first sheet takes


# The first that holds: large letters where there is little to say, then a second sheet for what follows.
FITS = (
    Fit("larger", 6, 3),
    Fit("large", 6, 3),
    Fit("", 6, 3),
    Fit("", 4, 1),
    Fit("", 3, 0),
    Fit("large", 6, 3, 2),
    Fit("large", 6, 3, 2, 0.6),
    Fit("", 6, 3, 2, 0.6),
    Fit("", 4, 1, 2, 0.6),
    Fit("", 3, 0, 2, 0.7),
)


def poster_pdf(content: SurveyContent, kind: str, *, today: date) -> tuple[bytes, int]:
    """The PDF (PDF/UA-1) and its number of sheets: one, or two where large letters need it, more for many criteria."""
    for fit in FITS:
        html = poster_html(content, today=today, fit=fit)
        data, pages = render_pdf(html, stylesheet=STYLESHEETS[PublicationKind(kind)])
        if pages <= fit.sheets:
            break
    return data, pages


def poster_html(content: SurveyContent, *, today: date, fit: Fit = FITS[0]) -> str:
    address = notices.absolute(reverse("surveys:public-results", args=[content.code]))
    first = ceil(len(content.lines) * fit.first)
    context = {
        "content": content,
        "lines": content.lines[:first],
        "other_lines": content.lines[first:],
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
