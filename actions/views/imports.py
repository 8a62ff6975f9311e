"""Sending action plans: for one's first site, or a site; what follows comes from the mechanism of imports."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from actions.forms.imports import PlanUploadForm
from actions.imports.kind import PlanFile
from actions.models import PlanImport
from core.importing.pages import ImportHome, UploadPage
from organisations.models import Unit
from organisations.permissions import Permission


class PlanImportHome(ImportHome):
    """The import of one's first site."""

    kind = PlanFile

    def upload_address(self) -> str:
        site = import_sites(self.request.user).first()
        return reverse("actions:import-upload", args=[site.code]) if site else ""


class PlanUpload(UploadPage):
    """Send plans for a site, as a file or a pasted text; the last ones sent stand below."""

    kind = PlanFile
    form_class = PlanUploadForm

    @cached_property
    def site(self) -> Unit:
        visible = self.request.user.access.units_with(Permission.ACTION_VIEW)
        site = Unit.objects.sites().filter(code=self.kwargs["site"], pk__in=visible).first()
        if site is None:
            raise Http404
        return site

    def get_scope_unit_id(self) -> int:
        return self.site.pk

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        return [("Plans d’actions", reverse("actions:plans")), (self.get_title(), "")]

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"sites": import_sites(self.request.user)}

    def get_initial(self) -> dict:
        return {"site": self.site}

    def new_record(self, form) -> PlanImport:
        return PlanImport(site=form.cleaned_data["site"], effective_on=form.cleaned_data["effective_on"])

    def latest(self):
        return PlanImport.objects.visible_to(self.request.user).filter(site=self.site)


def import_sites(user):
    """Sites where the person may import plans."""
    sites = Unit.objects.sites().filter(pk__in=user.access.units_with(Permission.ACTION_IMPORT))
    return sites.order_by("position", "code")
