"""Import of a grid: the page that sends it; all the others follow from its declaration."""

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from core.importing.pages import ImportHome, UploadPage
from indicators.forms.imports import GridUploadForm
from indicators.imports.gridfile import GridFile
from indicators.models import GridImport
from indicators.rules.months import FIRST_YEAR, LAST_YEAR
from indicators.services.campaigns import previous_month
from indicators.views.sites import sites_of
from organisations.models import Unit
from organisations.permissions import Permission


class GridImportHome(ImportHome):
    """The import of one's first site, in the year of the last month."""

    kind = GridFile

    def upload_address(self) -> str:
        site = import_sites(self.request.user).first()
        year, _month = previous_month(timezone.localdate())
        return reverse("indicators:import-upload", args=[site.code, year]) if site else ""


class GridUpload(UploadPage):
    """Send a grid for a site and year; the last ones sent stand below."""

    kind = GridFile
    form_class = GridUploadForm

    @cached_property
    def site(self) -> Unit:
        site = sites_of(self.request.user).filter(code=self.kwargs["site"]).first()
        if site is None or not FIRST_YEAR <= self.kwargs["year"] <= LAST_YEAR:
            raise Http404
        return site

    def get_scope_unit_id(self) -> int:
        return self.site.pk

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        year = self.kwargs["year"]
        return [(f"La grille {year}", reverse("indicators:grid", args=[self.site.code, year])), (self.get_title(), "")]

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"sites": import_sites(self.request.user)}

    def get_initial(self) -> dict:
        return {"site": self.site, "year": self.kwargs["year"]}

    def new_record(self, form) -> GridImport:
        return GridImport(site=form.cleaned_data["site"], year=form.cleaned_data["year"])

    def latest(self):
        return GridImport.objects.visible_to(self.request.user).filter(site=self.site)


def import_sites(user):
    """Sites where the person may import."""
    return sites_of(user).filter(pk__in=user.access.units_with(Permission.VALUE_IMPORT))
