"""The pages of an import: send, follow, check, record, undo. An app declares its model, its verbs and its preview."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse

from core.enums import ImportState
from core.errors import UserError
from core.imports import flow
from core.models import AbstractImport
from core.pages import FormPage
from core.pages.detail import ObjectPage
from core.races import settled


class UploadPage(FormPage):
    """Send a file. `new_record(form)` gives the unsaved import, `job_kind` reads it; the person follows the reading."""

    job_kind = ""
    button_label = "Lire le fichier"

    def new_record(self, form) -> AbstractImport:
        raise NotImplementedError

    def save_verb(self, form):
        return flow.receive(
            self.new_record(form), form.cleaned_data["file"], by=self.request.user, job_kind=self.job_kind
        )

    def get_success_message(self, saved) -> str:
        return ""

    def get_success_url(self, saved) -> str:
        return reverse("core:job", args=[saved.job.uuid])


class ImportPage(ObjectPage):
    """One import, whatever its state, to read; those who hold `act_permission` have its verbs too."""

    act_permission = ""

    def get(self, request, *args, **kwargs):
        record = self.object
        can_act = self.allows(self.act_permission)
        if can_act and record.state == ImportState.READING and record.job and not record.job.is_over:
            return HttpResponseRedirect(reverse("core:job", args=[record.job.uuid]))
        return self.render(record=record, can_act=can_act, **self.get_preview(record))

    def get_preview(self, record: AbstractImport) -> dict:
        """What the template shows of the preview."""
        raise NotImplementedError


class ImportVerb(ObjectPage):
    """A button that posts at once: `verb(record)` calls a service; what it refuses is said on the import's page."""

    http_method_names = ("post", "options")
    success_message = ""

    def verb(self, record: AbstractImport) -> None:
        raise NotImplementedError

    def post(self, request, *args, **kwargs):
        try:
            settled(lambda: self.verb(self.object))
        except UserError as error:
            messages.error(request, error.message)
        else:
            if self.success_message:
                messages.success(request, self.success_message)
        return HttpResponseRedirect(self.get_object_url())


class ImportChoices(ImportVerb):
    """Keep the choices made on the preview, and show it again."""

    job_kind = ""

    def verb(self, record: AbstractImport) -> None:
        choices, reads_again = self.get_choices(record)
        record = flow.choose(record, choices, by=self.request.user)
        if reads_again:
            flow.ask_reading(record, by=self.request.user, job_kind=self.job_kind)

    def get_choices(self, record: AbstractImport) -> tuple[dict, bool]:
        """The choices posted, and whether the file must be read again with them."""
        raise NotImplementedError
