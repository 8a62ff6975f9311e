"""Sending a register or a tally for a site; what follows has the pages of every import."""

from django.http import Http404
from django.shortcuts import redirect
from django.views import View

from complaints.filters import sites_of
from complaints.forms.imports import SiteUploadForm
from complaints.imports.register import ComplaintsFile
from complaints.imports.tally import TallyFile
from core.importing.pages import UploadPage
from core.pages import PermissionRequired
from core.pages.detail import ObjectPage
from core.pages.page import link
from organisations.models import Unit


class SiteUpload(ObjectPage, UploadPage):
    """A file for a site."""

    kind = ComplaintsFile
    form_class = SiteUploadForm
    queryset = Unit.objects.sites().select_related("holiday_zone")
    lookup_field = "code"

    def get_tabs(self):
        return []

    def get_title(self) -> str:
        return self.kind.title

    def get_breadcrumbs(self):
        return [("Réclamations et suggestions", link("complaints:cases")), (self.get_title(), "")]

    def get_initial(self):
        return {"site": self.object.pk}

    def new_record(self, form):
        return self.kind.model(site=form.cleaned_data["site"])

    def latest(self):
        return self.kind.model._default_manager.filter(site=self.object)

    def get_cancel_url(self):
        return link("complaints:cases")


class ImportHome(PermissionRequired, View):
    """The upload page of the first site where the person imports."""

    permission = ComplaintsFile.permission

    def get(self, request):
        site = sites_of(request.user).filter(pk__in=request.user.sites_with(self.permission)).first()
        if site is None:
            raise Http404
        return redirect("complaints:import-upload", site.code)


class RegisterUpload(SiteUpload):
    kind = ComplaintsFile


class TallyUpload(SiteUpload):
    kind = TallyFile
