"""Import of action plans: send them, check what they become, record them, undo it."""

from django.core.files.base import ContentFile
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from actions.enums import Origin
from actions.forms.import_choices import choices_of
from actions.forms.imports import UploadForm
from actions.imports.document import Document
from actions.imports.plan import Planned
from actions.imports.planning import plan_of
from actions.imports.questions import KEPT_AS_WORDS, STATUSES, option_of, questions_of
from actions.imports.reading import text_name
from actions.models import PlanImport
from actions.services import imports
from actions.services.imports import PlanToWrite
from core.enums import ImportState
from core.imports import flow
from core.imports.views import ImportChoices, ImportPage, ImportVerb, UploadPage
from core.pages import HistoryPage, Page, PermissionRequired
from organisations.models import Unit
from organisations.permissions import Permission

JOB_KIND = "read_plans"
LATEST = 10
_DONE = (("plans", "actions.Plan"), ("findings", "actions.Finding"), ("actions", "actions.Action"))


class ImportHome(PermissionRequired, Page, View):
    """The import of one's first site."""

    permission = Permission.ACTION_IMPORT
    title = "Importer un plan d’actions"
    template_name = "actions/import_no_site.html"

    def get(self, request):
        site = import_sites(request.user).first()
        return redirect("actions:import-upload", site.code) if site else self.render()


class ImportUpload(UploadPage):
    """Send plans for a site, as a file or a pasted text; the last ones sent stand below."""

    permission = Permission.ACTION_IMPORT
    template_name = "actions/import_upload.html"
    form_class = UploadForm
    job_kind = JOB_KIND
    title = "Importer un plan d’actions"
    button_label = "Lire le document"

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

    def save_verb(self, form):
        if text := (form.cleaned_data["text"] or "").strip():
            name = text_name(timezone.localdate())
            form.cleaned_data["file"] = ContentFile(text.encode(), name=name)
        return super().save_verb(form)

    def show(self, form, **context):
        rows = PlanImport.objects.visible_to(self.request.user).filter(site=self.site).select_related("sent_by")
        latest = list(rows.defer("preview", "changes").order_by("-sent_at", "-pk")[:LATEST])
        return super().show(form, latest=latest, **context)


class OneImport:
    """What the pages of one import share."""

    permission = Permission.ACTION_IMPORT
    queryset = PlanImport.objects.select_related("site", "job", "sent_by", "undone_by")
    detail_url_name = "actions:import"
    history_url_name = "actions:import-history"
    job_kind = JOB_KIND

    def unit_id_of(self, obj: PlanImport) -> int:
        return obj.site_id

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        way = ("Plans d’actions", reverse("actions:plans"))
        upload = ("Importer un plan d’actions", reverse("actions:import-upload", args=[self.object.site.code]))
        return [way, *([upload] if self.allows(Permission.ACTION_IMPORT) else []), (self.get_title(), "")]

    @cached_property
    def document(self) -> Document:
        return Document.from_json(self.object.preview["document"])

    def planned(self, choices: dict | None = None) -> Planned:
        record = self.object
        return plan_of(
            self.document,
            site=record.site,
            effective_on=record.effective_on,
            choices=record.choices if choices is None else choices,
        )

    def get_choices(self, record: PlanImport) -> tuple[dict, bool]:
        if record.state != ImportState.PREVIEW:
            return record.choices, False
        planned = self.planned()
        everyone = [*planned.directory.units, *planned.directory.people]
        choices = choices_of(
            self.request.POST,
            self.document,
            former=record.choices,
            responsibles=[option_of(one)[0] for one in everyone],
            engagements=[str(one.pk) for one in planned.engagements],
        )
        return choices, False


class PlanImportPage(OneImport, ImportPage):
    """The document as it was on the left, what it becomes on the right; only what needs a decision is open."""

    permission = Permission.HISTORY_VIEW
    act_permission = Permission.ACTION_IMPORT
    template_name = "actions/import.html"

    def get_title(self) -> str:
        return f"Import de « {self.object.name} »"

    def get_preview(self, record: PlanImport) -> dict:
        if record.state != ImportState.PREVIEW:
            return {"done": done_counts(record)}
        planned = self.planned()
        return {
            "planned": planned,
            "questions": questions_of(planned, record.choices),
            "units": [option_of(one) for one in planned.directory.units],
            "people": [option_of(one) for one in planned.directory.people],
            "engagements": [(str(one.pk), str(one)) for one in planned.engagements],
            "statuses": STATUSES,
            "origins": Origin.choices,
            "kept_as_words": KEPT_AS_WORDS,
        }


class PlanImportChoices(OneImport, ImportChoices):
    """« Appliquer mes choix »."""


class PlanImportAbandon(OneImport, ImportVerb):
    """« Abandonner cet import »: it leaves what is to be checked."""

    success_message = "L’import est abandonné : rien n’a été enregistré."

    def verb(self, record: PlanImport) -> None:
        flow.abandon(record, by=self.request.user)


class PlanImportCommit(OneImport, ImportVerb):
    """« Enregistrer tout »: the choices on the page, then all the plans in one transaction."""

    success_message = "Les plans sont enregistrés."

    def verb(self, record: PlanImport) -> None:
        choices, _ = self.get_choices(record)
        record = flow.choose(record, choices, by=self.request.user)
        imports.commit(record, lambda: self._decided(choices), by=self.request.user, remembered=choices["responsibles"])

    def _decided(self, choices: dict) -> list[PlanToWrite]:
        planned = self.planned(choices)
        planned.require_ready()
        return planned.to_write()


class PlanImportUndo(OneImport, ImportVerb):
    """« Annuler cet import »."""

    success_message = "L’import est annulé : tout est revenu comme avant."

    def verb(self, record: PlanImport) -> None:
        imports.undo(record, by=self.request.user)


class PlanImportRetry(OneImport, ImportVerb):
    """Read the document again after a failure."""

    success_message = "La lecture est relancée."

    def verb(self, record: PlanImport) -> None:
        if record.state == ImportState.READING:
            flow.ask_reading(record, by=self.request.user, job_kind=self.job_kind)


class PlanImportHistory(OneImport, HistoryPage):
    """The history of an import."""

    permission = Permission.HISTORY_VIEW
    hidden_fields = ("changes", "choices", "preview")  # raw data: the page of the import says it in words


def import_sites(user):
    """Sites where the person may import plans."""
    sites = Unit.objects.sites().filter(pk__in=user.access.units_with(Permission.ACTION_IMPORT))
    return sites.order_by("position", "code")


def done_counts(record: PlanImport) -> dict:
    """What a recorded import wrote: created and changed, by kind of row."""
    counts = {}
    for name, model in _DONE:
        own = [row for row in record.changes if row["model"] == model]
        created = sum(row["before"] is None for row in own)
        counts[name] = {"created": created, "changed": len(own) - created}
    return counts
