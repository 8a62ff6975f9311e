"""The editions of a report: asked for, followed, downloaded."""

from django.http import FileResponse, HttpResponseRedirect
from django.urls import reverse
from django.views import View

from core.pages import VerbPage
from core.pages.access import OnObject
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

    queryset = Edition.objects.select_related("job", "report")
    permission = Permission.REPORT_VIEW

    def unit_id_of(self, obj):
        return obj.report.site_id

    def get(self, request, *args, **kwargs):
        job = self.object.job
        return FileResponse(job.result_file.open(), as_attachment=True, filename=job.result_name)
