"""The HTML of the printed documents, and their PDF."""

from django.conf import settings
from django.template.loader import render_to_string

from core.base.identity import service_identity
from core.base.typography import typeset
from core.pages.pdf import render_pdf
from core.pages.qr import qr_svg
from surveys.enums import Kind, Language
from surveys.models import Campaign, CollectionPoint
from surveys.printing.addresses import address_of
from surveys.rules import wording
from surveys.rules.phrases import phrases_in
from surveys.rules.print_phrases import paper_phrases_in
from surveys.services import intake

STYLESHEET = "print/survey.css"
LINES_OF_TEXT = 8


def poster_pdf(point: CollectionPoint) -> bytes:
    """The A4 poster that leads to a collection point."""
    return render_pdf(poster_html(point), stylesheet=STYLESHEET)[0]


def poster_html(point: CollectionPoint) -> str:
    campaign = point.campaign
    address = address_of(point)
    context = _context(campaign) | {
        "point": point,
        "address": address.removeprefix("https://").removeprefix("http://"),
        "qr": qr_svg(address, title="QR code du questionnaire"),
        "place": typeset(point.place.name) if point.place else "",
    }
    return render_to_string("surveys/print/point_poster.html", context)


def paper_form_pdf(campaign: Campaign, language: str = Language.FRENCH) -> bytes:
    """The A4 form to fill in by hand; its first page says that there is another, where there is one."""
    pdf, pages = render_pdf(paper_form_html(campaign, language), stylesheet=STYLESHEET)
    if pages == 1:
        pdf, _ = render_pdf(paper_form_html(campaign, language, is_double=False), stylesheet=STYLESHEET)
    return pdf


def paper_form_html(campaign: Campaign, language: str = Language.FRENCH, *, is_double: bool = True) -> str:
    questionnaire = campaign.questionnaire
    shown = wording.sheet(intake.questions_of(questionnaire), language, kind=campaign.kind)
    context = _context(campaign) | {
        "words": phrases_in(Language(language)),
        "paper": paper_phrases_in(Language(language)),
        "introduction": wording.text_of(questionnaire, "introduction", language),
        "blocks": blocks(shown),
        "lines": range(LINES_OF_TEXT),
        "is_mystery": campaign.kind == Kind.MYSTERY,
        "is_double": is_double,
    }
    return render_to_string("surveys/print/paper_form.html", context)


def blocks(questions: list[wording.Shown]) -> list[dict]:
    """Criteria of the same answers that follow one another stand in one table; other questions alone."""
    found: list[dict] = []
    for question in questions:
        heads = tuple((option.digit, option.label.words) for option in question.options)
        if question.kind not in {"scale", "yes_no"}:
            found.append({"kind": "text" if question.is_text else "choice", "question": question})
        elif found and found[-1].get("heads") == heads:
            found[-1]["rows"].append(question)
        else:
            found.append({"kind": "table", "heads": heads, "rows": [question]})
    return found


def _context(campaign: Campaign) -> dict:
    return {
        "campaign": campaign,
        "title": typeset(campaign.title),
        "site": typeset(campaign.site.name),
        "brand": service_identity().brand,
        "is_demo": settings.DEMO,
    }
