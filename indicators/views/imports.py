"""Import of a grid: send it, check what it becomes, record it, undo it."""

from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from core.enums import ImportState
from core.errors import UserError
from core.imports import flow
from core.imports.views import ImportChoices, ImportPage, ImportVerb, UploadPage
from core.pages import HistoryPage, Page, PermissionRequired
from indicators.forms.import_choices import choices_of, must_read_again
from indicators.forms.imports import UploadForm
from indicators.imports.grid import Grid
from indicators.imports.plan import Plan
from indicators.imports.planning import catalogue_of, plan_of
from indicators.models import GridImport
from indicators.services import imports
from indicators.services.campaigns import previous_month
from indicators.views.sites import FIRST_YEAR, LAST_YEAR, sites_of
from organisations.models import Unit
from organisations.permissions import Permission

JOB_KIND = "read_grid"
LATEST = 10


class ImportHome(PermissionRequired, Page, View):
    """The import of one's first site."""

    permission = Permission.VALUE_IMPORT
    title = "Importer une grille"
    template_name = "indicators/no_site.html"

    def get(self, request):
        site = import_sites(request.user).first()
        if site is None:
            return self.render()
        year, _month = previous_month(timezone.localdate())
        return redirect("indicators:import-upload", site.code, year)


class ImportUpload(UploadPage):
    """Send a grid for a site and year; the last ones sent stand below."""

    permission = Permission.VALUE_IMPORT
    template_name = "indicators/import_upload.html"
    form_class = UploadForm
    job_kind = JOB_KIND
    title = "Importer une grille"

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

    def show(self, form, **context):
        rows = GridImport.objects.visible_to(self.request.user).filter(site=self.site).select_related("sent_by")
        latest = list(rows.defer("preview", "changes").order_by("-sent_at", "-pk")[:LATEST])
        return super().show(form, latest=latest, **context)


class OneImport:
    """What the pages of one import share."""

    permission = Permission.VALUE_IMPORT
    queryset = GridImport.objects.select_related("site", "job", "sent_by", "undone_by")
    detail_url_name = "indicators:import"
    history_url_name = "indicators:import-history"
    job_kind = JOB_KIND

    def unit_id_of(self, obj: GridImport) -> int:
        return obj.site_id

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        place = [self.object.site.code, self.object.year]
        if self.allows(Permission.VALUE_IMPORT):
            way = ("Importer une grille", reverse("indicators:import-upload", args=place))
        else:
            way = (f"La grille {self.object.year}", reverse("indicators:grid", args=place))
        return [way, (self.get_title(), "")]

    @cached_property
    def grid(self) -> Grid:
        return Grid.from_json(self.object.preview["grid"])

    @property
    def other_year(self) -> int | None:
        """The year that the whole file is of, where it is not the one asked for."""
        found = self.grid.year_found
        is_other = found != self.object.year and not self.grid.rows
        return found if is_other and found and found <= timezone.localdate().year + 1 else None

    @cached_property
    def indicators(self) -> dict:
        return {row.code: row for row in catalogue_of(self.object.site)}

    @cached_property
    def units(self) -> list[Unit]:
        """Services of the site, itself first."""
        ids = Unit.objects.ids_below(self.object.site_id)
        rows = Unit.objects.filter(pk__in=ids).active(timezone.localdate()).order_by("position", "code")
        return sorted(rows, key=lambda unit: unit.pk != self.object.site_id)

    def plan(self) -> Plan:
        record = self.object
        return plan_of(self.grid, site=record.site, year=record.year, choices=record.choices)

    def get_choices(self, record: GridImport) -> tuple[dict, bool]:
        if record.state != ImportState.PREVIEW:
            return record.choices, False
        choices = choices_of(
            self.request.POST,
            self.grid,
            former=record.choices,
            indicators=self.indicators,
            unit_ids={unit.pk for unit in self.units},
        )
        return choices, must_read_again(self.grid, choices, self.indicators)


class GridImportPage(OneImport, ImportPage):
    """The file as it was on the left, what it becomes on the right; only what changes or needs a decision is open."""

    permission = Permission.HISTORY_VIEW
    act_permission = Permission.VALUE_IMPORT
    template_name = "indicators/import.html"

    def get_title(self) -> str:
        return f"Grille {self.object.year} – {self.object.name}"

    def get_preview(self, record: GridImport) -> dict:
        if record.state != ImportState.PREVIEW:
            return {"done": done_counts(record)}
        plan = self.plan()
        return {
            "plan": plan,
            "rows": list(enumerate(plan.rows)),
            "indicators": list(self.indicators.values()),
            "units": self.units,
            "unit_id": record.choices.get("unit") or record.site_id,
            "other_year": self.other_year,
        }


class GridImportChoices(OneImport, ImportChoices):
    """« Appliquer mes choix »."""


class GridImportAbandon(OneImport, ImportVerb):
    """« Abandonner cet import »: it leaves what is to be checked."""

    success_message = "L’import est abandonné : rien n’a été enregistré."

    def verb(self, record: GridImport) -> None:
        flow.abandon(record, by=self.request.user)


class GridImportCommit(OneImport, ImportVerb):
    """« Enregistrer tout »: the choices on the page, then the whole grid in one transaction."""

    success_message = "La grille est enregistrée."

    def verb(self, record: GridImport) -> None:
        choices, reads_again = self.get_choices(record)
        record = flow.choose(record, choices, by=self.request.user)
        if reads_again:
            flow.ask_reading(record, by=self.request.user, job_kind=self.job_kind)
            self.success_message = "Vos choix changent la lecture : vérifiez le nouvel aperçu."
            return
        self.object = record
        plan = self.plan()
        plan.require_ready()
        imports.commit(
            record,
            plan.to_write(),
            by=self.request.user,
            ignored=plan.ignored_keys,
            amendment_reason=choices["amendment_reason"],
        )


class GridImportUndo(OneImport, ImportVerb):
    """« Annuler cet import »."""

    success_message = "L’import est annulé : tout est revenu comme avant."

    def verb(self, record: GridImport) -> None:
        imports.undo(record, by=self.request.user)


class GridImportRetry(OneImport, ImportVerb):
    """Read the file again after a failure."""

    success_message = "La lecture est relancée."

    def verb(self, record: GridImport) -> None:
        if record.state == ImportState.READING:
            flow.ask_reading(record, by=self.request.user, job_kind=self.job_kind)


class GridImportOtherYear(OneImport, ImportVerb):
    """« Lire comme grille de 2020 »: the file is of another year than the one asked for."""

    success_message = "Le fichier est relu pour l’année qu’il porte."

    def verb(self, record: GridImport) -> None:
        year = self.other_year if record.state == ImportState.PREVIEW else None
        if year is None:
            raise UserError("Ce fichier n’est pas à lire comme celui d’une autre année.")
        imports.read_as(record, year, by=self.request.user, job_kind=self.job_kind)


class GridImportHistory(OneImport, HistoryPage):
    """The history of an import."""

    permission = Permission.HISTORY_VIEW
    hidden_fields = ("changes", "choices", "preview")  # raw data: the page of the import says it in words


def import_sites(user):
    """Sites where the person may import."""
    return sites_of(user).filter(pk__in=user.access.units_with(Permission.VALUE_IMPORT))


def done_counts(record: GridImport) -> dict:
    """What a recorded import wrote."""
    cells = [cell for row in record.changes for cell in row.get("values", ())]
    created = sum(cell["before"] is None for cell in cells)
    others = [row for row in record.changes if "values" not in row]
    return {
        "created": created,
        "changed": len(cells) - created,
        "indicators": [row["label"] for row in others if row["model"] == "indicators.Indicator"],
        "targets": sum(row["model"] == "indicators.Target" for row in others),
        "past": sum(row["model"] == "indicators.PastResult" for row in others),
    }
