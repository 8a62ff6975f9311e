"""The pages of an import, the same for every kind: send, preview, answer, record, undo. An app completes the first."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View

from core.base.enums import ImportState
from core.base.errors import UserError
from core.base.races import settled
from core.importing import answers, engine, sentences, showing
from core.importing.jobs import refusal_told
from core.importing.kind import FileImport
from core.importing.kinds import HEAVY
from core.importing.plan import Plan
from core.models import AbstractImport
from core.pages import FormPage, HistoryPage, Page, PermissionRequired
from core.pages.detail import ObjectPage
from core.record.undoing import UndoRefused
from core.sheets import writing

LATEST = 10
CHANGED_BY_ANSWERS = "Vos choix changent la lecture : vérifiez le nouvel aperçu, puis enregistrez."


class OfKind:
    """What a `kind` of import gives to each of its pages: its title, its permission."""

    kind: type[FileImport]
    permission: str

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if hasattr(cls, "kind"):
            cls.permission = cls.kind.permission

    def get_title(self) -> str:
        return self.kind.title


class ImportHome(OfKind, PermissionRequired, Page, View):
    """Leads to the upload page of the first place where the person imports. The app gives `upload_address()`."""

    template_name = "core/import/no_place.html"

    def upload_address(self) -> str:
        """The address of that page; empty when the person imports nowhere, which the page then says."""
        raise NotImplementedError

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        address = self.upload_address()
        return HttpResponseRedirect(address) if address else self.render()


class UploadPage(OfKind, FormPage):
    """Send a file or a pasted table; the person follows its reading. The app gives `kind`, `form_class`,
    `new_record(form)` (the unsaved import) and `latest()` (those listed below)."""

    template_name = "core/import/upload.html"
    button_label = "Lire"

    def new_record(self, form: Any) -> AbstractImport:
        raise NotImplementedError

    def latest(self) -> QuerySet:
        raise NotImplementedError

    def save_verb(self, form: Any) -> AbstractImport:
        return engine.receive(self.kind, self.new_record(form), form.sent, by=self.request.user)

    def get_success_message(self, saved: AbstractImport) -> str:
        return ""

    def get_success_url(self, saved: AbstractImport) -> str:
        return reverse("core:job", args=[saved.job.uuid]) if saved.job else self.kind.url(saved)

    def show(self, form: Any, **context: Any) -> HttpResponseBase:
        rows = self.latest().select_related("sent_by").defer(*HEAVY).order_by("-sent_at", "-pk")[:LATEST]
        latest = [(record, self.kind.url(record)) for record in rows]
        return super().show(form, latest=latest, kind=self.kind, **context)


class UploadFor(ObjectPage, UploadPage):
    """The same for one object: a site, a service, a campaign."""

    def get_title(self) -> str:
        return OfKind.get_title(self)

    def get_tabs(self) -> list[tuple[str, str, bool]]:
        return []


class OneImport(ObjectPage):
    """What the pages of one import share; `import_urls` gives them their kind, and its permission unless named."""

    kind: type[FileImport] = FileImport
    object: AbstractImport

    def get_queryset(self) -> QuerySet:
        rows = self.kind.model._default_manager.all()
        return rows.select_related("job", "sent_by", "undone_by", *self.kind.related)

    def get_object_url(self) -> str:
        return self.kind.url(self.object)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        upload = [(self.kind.title, self.kind.upload_url(self.object))] if self.allows(self.kind.permission) else []
        return [*self.kind.way(self.object), *upload, (self.get_title(), "")]

    @cached_property
    def plan(self) -> Plan:
        return engine.plan_of(self.kind, self.object)


class ImportPage(OneImport):
    """One import, whatever its state; those who may import have its verbs too."""

    permission = "history_view"
    template_name = "core/import/page.html"

    def get_title(self) -> str:
        return f"Import de « {self.object.name} »"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        record = self.object
        may_act = self.allows(self.kind.permission)
        job = record.job
        if may_act and job and not job.is_over and record.state in (ImportState.READING, ImportState.COMMITTED):
            return HttpResponseRedirect(reverse("core:job", args=[job.uuid]))
        return self.render(**self.shown())

    def shown(self, *, plan: Plan | None = None, refusals: Any = ()) -> dict[str, Any]:
        """The context of the page: the preview, or what became of the import."""
        record, kind = self.object, self.kind
        context: dict[str, Any] = {
            "record": record,
            "kind": kind,
            "can_act": self.allows(kind.permission),
            "place": kind.place(record),
            "urls": {page: kind.url(record, page) for page in showing.PAGES},
            "upload_url": kind.upload_url(record),
            "leads_to": kind.leads_to(record),
        }
        if record.state == ImportState.PREVIEW:
            book = engine.book_of(record)
            plan_now = plan or engine.plan_book(kind, record, book)
            context |= showing.preview(kind, plan_now, record, book, self.request.GET)
            context["has_changed"] = plan is not None
        else:
            context |= {"is_undoable": engine.is_undoable(record), "refusals": refusals or _refused_in_job(record)}
            context |= showing.done(kind, record)
        return context


def _refused_in_job(record: AbstractImport) -> list[dict[str, str]]:
    """What kept a large import from being undone, as its job found it."""
    return record.job.result.get("refusals", []) if record.job and record.state == ImportState.COMMITTED else []


class ImportVerb(ImportPage):
    """A button that posts at once: `verb(record)` calls the engine; what it refuses is said on the import's page."""

    http_method_names = ("get", "head", "post", "options")
    permission = ""  # that of its kind

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Where a session ended under the preview, signing in again leads to the address of the button."""
        return HttpResponseRedirect(self.get_object_url())

    def verb(self, record: AbstractImport) -> str:
        """Act, and give the sentence that says what was done; empty for none."""
        raise NotImplementedError

    def post(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            told = settled(lambda: self.verb(self.object))
        except UserError as error:
            return self.refuse(error)
        if told:
            messages.success(request, told)
        return HttpResponseRedirect(self.get_object_url())

    def refuse(self, error: UserError) -> HttpResponseBase:
        messages.error(self.request, error.message)
        return HttpResponseRedirect(self.get_object_url())


class ImportChoices(ImportVerb):
    """« Relire »: keep the answers posted, and show what the file then becomes."""

    def verb(self, record: AbstractImport) -> str:
        if record.state == ImportState.PREVIEW:
            engine.choose(self.kind, record, answers.posted(self.request.POST, self.plan), by=self.request.user)
        return ""


class ImportCommit(ImportVerb):
    """« Enregistrer » what was shown; an answer changed on the page is first shown for what it does."""

    def verb(self, record: AbstractImport) -> str:
        chosen = answers.posted(self.request.POST, self.plan) if record.state == ImportState.PREVIEW else {}
        if chosen:
            engine.choose(self.kind, record, chosen, by=self.request.user)
            messages.warning(self.request, CHANGED_BY_ANSWERS)
            return ""
        seen = self.request.POST.get("seen", "")
        written = engine.commit(self.kind, record, seen=seen, by=self.request.user)
        return sentences.success(self.kind, written)

    def refuse(self, error: UserError) -> HttpResponseBase:
        if isinstance(error, engine.PreviewChanged):
            return self.render(status=409, **self.shown(plan=error.plan))
        return super().refuse(error)


class ImportUndo(ImportVerb):
    """« Annuler cet import », line by line explained where something was changed since."""

    def verb(self, record: AbstractImport) -> str:
        keep_changed = self.request.POST.get("keep_changed") == "1"
        if record.state != ImportState.COMMITTED or not engine.is_undoable(record):
            engine.undo(self.kind, record, by=self.request.user)  # refuses, in words
        undone = engine.ask_undo(self.kind, record, by=self.request.user, keep_changed=keep_changed)
        return sentences.UNDONE if undone.state == ImportState.UNDONE else ""

    def refuse(self, error: UserError) -> HttpResponseBase:
        if isinstance(error, UndoRefused):
            return self.render(status=409, **self.shown(refusals=[refusal_told(one) for one in error.refusals]))
        return super().refuse(error)


class ImportAbandon(ImportVerb):
    """« Abandonner cet import »: it leaves what is to be checked."""

    def verb(self, record: AbstractImport) -> str:
        engine.abandon(record, by=self.request.user)
        return "L’import est abandonné : rien n’a été enregistré."


class ImportRetry(ImportVerb):
    """Read the file again after a failure."""

    def verb(self, record: AbstractImport) -> str:
        if record.state != ImportState.READING:
            return ""
        engine.ask_reading(self.kind, record, by=self.request.user)
        return "La lecture est relancée."


class ImportForget(ImportVerb):
    """« Oublier ces choix »: what was remembered for these headings."""

    def verb(self, record: AbstractImport) -> str:
        engine.forget(self.kind, record, by=self.request.user)
        return "Les choix mémorisés pour ces titres sont oubliés."


class ImportProblems(OneImport):
    """The errors, questions, warnings and cells left out, as a file for whoever mends the source."""

    http_method_names = ("get", "head", "options")

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.object.state != ImportState.PREVIEW:
            return HttpResponseRedirect(self.get_object_url())
        name = f"points-a-revoir-{self.object.name.rpartition('.')[0] or self.object.name}"
        chosen = request.GET.get("format", "xlsx")
        try:
            return writing.respond(chosen, showing.PROBLEM_COLUMNS, showing.problem_rows(self.plan), name)
        except UserError as error:
            messages.error(request, error.message)
            return HttpResponseRedirect(self.get_object_url())


class ImportHistory(OneImport, HistoryPage):
    """The history of an import."""

    permission = "history_view"
    hidden_fields = ("choices", "counts", "preview", "recorded_in", "shown", "signature")  # raw data

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        *way, _ = OneImport.get_breadcrumbs(self)
        return [*way, (str(self.object), self.get_object_url()), ("Historique", "")]
