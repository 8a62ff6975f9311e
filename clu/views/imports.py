"""Sending members and attendance; what follows has the pages of every import."""

from django.urls import reverse

from clu.forms.imports import AttendanceUploadForm, MembersUploadForm
from clu.imports.attendance import AttendanceFile
from clu.imports.members import MembersFile
from clu.models import AttendanceImport, MembersImport
from core.importing.pages import UploadPage


class OfCommittees:
    """Where both stand."""

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Instances", reverse("clu:committees")), (self.get_title(), "")]

    def get_initial(self) -> dict:
        """What the page one comes from is about."""
        return {name: self.request.GET[name] for name in ("site", "kind", "held_on") if name in self.request.GET}

    def get_cancel_url(self) -> str:
        return reverse("clu:committees")

    def latest(self):
        return self.kind.model.objects.visible_to(self.request.user)


class MembersUpload(OfCommittees, UploadPage):
    kind = MembersFile
    form_class = MembersUploadForm

    def new_record(self, form) -> MembersImport:
        return MembersImport(site=form.cleaned_data["site"], kind=form.cleaned_data["kind"])


class AttendanceUpload(OfCommittees, UploadPage):
    kind = AttendanceFile
    form_class = AttendanceUploadForm

    def new_record(self, form) -> AttendanceImport:
        said = form.cleaned_data
        return AttendanceImport(site=said["site"], kind=said["kind"], held_on=said["held_on"])
