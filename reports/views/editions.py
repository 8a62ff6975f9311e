"""The editions of a report and the papers of its year: asked for, followed, downloaded."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.views import View

from core.pages import VerbPage
from core.pages.access import OnObject
from core.pages.stored_files import serve
from organisations.permissions import Permission
from reports.enums import BESIDE
from reports.models import Edition, PrintedFile
from reports.services import annual_reports, drafts, papers
from reports.views.annual_reports import OnReport


class EditionRequest(OnReport, VerbPage):
    """Ask for the PDF and go to the page that shows how far it is."""

    permission = Permission.REPORT_RENDER
    is_direct = True

    def post(self, request, *args, **kwargs):
        job = self.ask_for(request.user)
        return HttpResponseRedirect(reverse("core:job", args=[job.uuid]))

    def ask_for(self, user):
        return annual_reports.request_edition(self.object, by=user)


class PaperRequest(EditionRequest):
    """Ask for the plaquette or a poster."""

    def ask_for(self, user):
        if self.kwargs["document"] not in BESIDE:
            raise Http404
        return papers.request(self.object, document=self.kwargs["document"], by=user)


class TakeLastYear(OnReport, VerbPage):
    """Take the words of the year before as a draft."""

    permission = Permission.REPORT_EDIT
    is_direct = True

    def verb(self, obj, *, reason: str):
        self.taken = drafts.take_last_year(obj, by=self.request.user)

    def get_success_message(self) -> str:
        several = len(self.taken) > 1
        return (
            f"{len(self.taken)} texte{'s' if several else ''} repris de {self.object.year - 1} : "
            f"{'ils ne s’impriment' if several else 'il ne s’imprime'} qu’une fois modifié{'s' if several else ''} ou "
            f"confirmé{'s' if several else ''}."
        )


class EditionDownload(OnObject, View):
    """The PDF of an edition, for those who may read the report."""

    queryset = Edition.objects.select_related("report")
    permission = Permission.REPORT_VIEW

    def get(self, request, *args, **kwargs):
        kept = self.object
        return serve(request, kept.file, digest=kept.digest, name=kept.name)


class FileDownload(EditionDownload):
    """Another format of an edition, or a paper of the year."""

    queryset = PrintedFile.objects.select_related("report")
