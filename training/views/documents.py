"""Documents made from the rows when they are asked for: nothing of them is kept."""

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.views import View

from core.pages.access import OnObject
from core.pages.stored_files import CONTENT_TYPES
from organisations.permissions import Permission
from training import printing
from training.enums import Attendance
from training.models import Enrolment, Session, TutoringAgreement


class TrainingPaper(OnObject, View):
    """A document about one object, as a download."""

    permission = Permission.TRAINING_VIEW
    file_name = ""

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        suffix = f".{self.file_name.rpartition('.')[2]}"
        headers = {
            "Content-Disposition": f'attachment; filename="{self.file_name}"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(self.content(), content_type=CONTENT_TYPES[suffix], headers=headers)

    def content(self) -> bytes:
        raise NotImplementedError


class AgreementPdf(TrainingPaper):
    queryset = TutoringAgreement.objects.select_related("unit", "tutor", "tutee", "head", "renews")
    file_name = "convention-de-tutorat.pdf"

    def content(self) -> bytes:
        return printing.as_pdf(printing.agreement_html(self.object))


class AgreementOdt(AgreementPdf):
    file_name = "convention-de-tutorat.odt"

    def content(self) -> bytes:
        return printing.as_odt(printing.agreement_html(self.object), title="Convention de tutorat")


class AttestationPdf(TrainingPaper):
    queryset = Enrolment.objects.select_related("agent__unit", "session__course", "session__unit")
    file_name = "attestation-de-presence.pdf"

    def content(self) -> bytes:
        if self.object.state != Attendance.PRESENT:
            raise Http404
        return printing.as_pdf(printing.attestation_html(self.object))


class AttestationsPdf(TrainingPaper):
    """The certificates of all those present in one file, as soon as the sheet is entered."""

    permission = Permission.TRAINING_MANAGE
    queryset = Session.objects.select_related("course", "unit")
    file_name = "attestations-de-presence.pdf"

    def content(self) -> bytes:
        if not self.object.enrolments.present().exists():
            raise Http404
        return printing.as_pdf(printing.attestations_html(self.object))


class SheetPdf(TrainingPaper):
    """The sheet to be signed: it names those enrolled, so it is for whoever enrols them."""

    permission = Permission.TRAINING_MANAGE
    queryset = Session.objects.select_related("course", "unit")
    file_name = "feuille-d-emargement.pdf"

    def content(self) -> bytes:
        return printing.as_pdf(printing.sheet_html(self.object))
