"""A page for one verb: asked to confirm, with the reason when one is due, then the service is called."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponseRedirect

from core.base.errors import UserError
from core.pages.detail import ObjectPage
from core.pages.forms import ReasonForm
from core.pages.page import link

NO_REASON, OPTIONAL_REASON, REQUIRED_REASON = "no", "optional", "required"


class VerbPage(ObjectPage):
    """GET asks (unless `is_direct`), POST calls `verb(obj, reason)` and goes on to `get_success_url`."""

    template_name = "core/confirm.html"
    http_method_names = ("get", "post", "head", "options")
    is_direct = False  # True: a button that posts at once, no question
    reason = NO_REASON
    question = ""
    explanation = ""
    consequences: Sequence[str] = ()
    button_label = "Confirmer"
    is_danger = False
    success_message = ""
    success_url_name = ""  # takes no argument; the object's own page when empty

    def verb(self, obj, *, reason: str):
        """Call the service."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        if self.is_direct:
            return self.http_method_not_allowed(request)
        return self.ask(self.get_form())

    def post(self, request, *args, **kwargs):
        obj, form = self.object, self.get_form(request.POST)
        if form is not None and not form.is_valid():
            return self.ask(form)
        try:
            self.verb(obj, reason=form.cleaned_data["reason"] if form else "")
        except UserError as error:
            return self.refuse(error, form)
        if message := self.get_success_message():
            messages.success(request, message)
        return HttpResponseRedirect(self.get_success_url())

    def get_form(self, data=None) -> ReasonForm | None:
        if self.reason == NO_REASON:
            return None
        return ReasonForm(data, required=self.reason == REQUIRED_REASON)

    def ask(self, form):
        return self.render(form=form, question=self.get_question(), cancel_url=self.get_object_url())

    def refuse(self, error: UserError, form):
        """Say why it was refused: on the question, or on the object's page when there is no question."""
        messages.error(self.request, error.message)
        return HttpResponseRedirect(self.get_object_url()) if self.is_direct else self.ask(form)

    def get_question(self) -> str:
        return self.question or f"{self.get_title()} ?"

    def get_success_message(self) -> str:
        return self.success_message

    def get_success_url(self) -> str:
        return link(self.success_url_name) if self.success_url_name else self.get_object_url()
