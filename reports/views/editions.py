"""The editions of a report: asked for, followed, downloaded."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views import View

from core.pages import VerbPage
from core.pages.access import OnObject
from core.pages.stored_files import serve
from organisations.permissions import Permission
from reports.models import Edition
from reports.services import annual_reports
from reports.views.annual_reports import OnReport


class EditionRequest(OnReport, VerbPage):
    """Ask for the PDF and go to the page that shows how far it is."""

    permission = Permission.REPORT_RENDER
    is_direct = True

    def post(self, request, *args, **kwargs):
        job = annual_reports.request_edition(self.object, by=request.user)
        return HttpResponseRedirect(reverse("core:job", args=[job.uuid]))


class EditionDownload(OnObject, View):
    """The PDF of an edition, for those who may read the report."""

    queryset = Edition.objects.select_related("report")
    permission = Permission.REPORT_VIEW

    def get(self, request, *args, **kwargs):
        edition = self.object
        return serve(request, edition.file, digest=edition.digest, name=edition.name)
