"""What is signed or handed over: agreement, certificate of attendance, sign-in sheet; PDF, and ODT to retouch."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from core.base.typography import typeset_html
from core.pages.odt import render_odt
from core.pages.pdf import render_pdf
from organisations.models import Unit
from training.enums import HELD
from training.models import Enrolment, Session, TutoringAgreement
from training.services import templates

STYLESHEET = "print/training.css"


def agreement_html(agreement: TutoringAgreement) -> str:
    return _html(
        "training/print/agreement.html",
        title="Convention de tutorat",
        agreement=agreement,
        words=templates.words_of(agreement),
        unit=_site(agreement.unit),
    )


def attestation_html(enrolment: Enrolment) -> str:
    themes = [row.theme.name for row in enrolment.session.covered.select_related("theme")]
    title = "Attestation de présence"
    return _html(
        "training/print/attestation.html",
        title=title,
        enrolment=enrolment,
        themes=themes,
        today=timezone.localdate(),
        unit=_site(enrolment.session.unit),
    )


def attestations_html(session: Session) -> str:
    """The certificate of each one present, a page each."""
    rows = session.enrolments.present().select_related("agent", "session__course")
    return _html(
        "training/print/attestations.html",
        title="Attestations de présence",
        enrolments=rows.order_by("agent__last_name", "agent__first_name", "pk"),
        themes=[row.theme.name for row in session.covered.select_related("theme")],
        today=timezone.localdate(),
        unit=_site(session.unit),
    )


def sheet_html(session: Session) -> str:
    rows = session.enrolments.filter(state__in=HELD).select_related("agent__unit")
    ordered = rows.order_by("agent__last_name", "agent__first_name", "pk")
    return _html(
        "training/print/sheet.html",
        title="Feuille d’émargement",
        session=session,
        rows=ordered,
        unit=_site(session.unit),
    )


def as_pdf(html: str) -> bytes:
    return render_pdf(html, stylesheet=STYLESHEET)[0]


def as_odt(html: str, *, title: str) -> bytes:
    return render_odt(html, title=title)


def _html(template: str, **context) -> str:
    return typeset_html(render_to_string(template, context | {"is_demo": settings.DEMO}))


def _site(unit: Unit) -> str:
    """« Sous-préfecture d’Aix-en-Provence »: where the document comes from."""
    return unit.site.name if unit.site else unit.name
