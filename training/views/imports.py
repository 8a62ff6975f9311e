"""Sending a table of agents, sessions or agreements; what follows has the pages of every import."""

from typing import Any

from django.db.models import QuerySet

from core.importing.pages import ImportHome, UploadFor
from core.pages.page import link
from organisations.models import Unit
from training.forms.imports import UnitUploadForm
from training.imports.kind import TrainingFile
from training.models import TrainingImport
from training.services import themes


class TrainingUpload(UploadFor):
    """Send a file, or paste a table, for a unit; the last ones stand below."""

    kind = TrainingFile
    queryset = Unit.objects.select_related("parent__parent__parent")
    lookup_field = "code"
    form_class = UnitUploadForm

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Suivi des formations", link("training:follow-up")), (self.get_title(), "")]

    def get_cancel_url(self) -> str:
        return link("training:follow-up")

    def get_initial(self) -> dict[str, Any]:
        return {"unit": self.object.pk}

    def new_record(self, form: Any) -> TrainingImport:
        themes.load(by=self.request.user)  # those that are missing: a first import comes before anything else
        return TrainingImport(unit=form.cleaned_data["unit"])

    def latest(self) -> QuerySet:
        return TrainingImport.objects.filter(unit=self.object)


class TrainingImportHome(ImportHome):
    """The upload page of the first unit where the person imports."""

    kind = TrainingFile

    def upload_address(self) -> str:
        roots = self.request.user.access.roots_with(self.permission)
        unit = Unit.objects.filter(pk__in=roots).order_by("position", "code").first()
        return link("training:import-upload", unit.code) if unit else ""
