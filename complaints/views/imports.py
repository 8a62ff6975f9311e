"""Sending a register or a tally for a site; what follows has the pages of every import."""

from complaints.filters import sites_of
from complaints.forms.imports import SiteUploadForm
from complaints.imports.register import ComplaintsFile
from complaints.imports.tally import TallyFile
from core.importing.pages import ImportHome, UploadFor
from core.pages.page import link
from organisations.models import Unit


class SiteUpload(UploadFor):
    """A file for a site."""

    kind = ComplaintsFile
    form_class = SiteUploadForm
    queryset = Unit.objects.sites().select_related("holiday_zone")
    lookup_field = "code"

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


class ComplaintsImportHome(ImportHome):
    """The upload page of the first site where the person imports."""

    kind = ComplaintsFile

    def upload_address(self) -> str:
        user = self.request.user
        site = sites_of(user).filter(pk__in=user.sites_with(self.permission)).first()
        return link("complaints:import-upload", site.code) if site else ""


class RegisterUpload(SiteUpload):
    kind = ComplaintsFile


class TallyUpload(SiteUpload):
    kind = TallyFile
