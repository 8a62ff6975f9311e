"""Create and change pages: a form, one service call, a message, a redirect; a second editor loses nothing."""

import copy
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property
from django.views import View

from core.base.errors import Conflict, UserError
from core.base.races import settled
from core.pages import once
from core.pages.access import PermissionRequired
from core.pages.conflict import compare, keep_chosen
from core.pages.detail import ObjectPage
from core.pages.page import Page, link
from core.record import history

VERSION = "_version"


class FormPage(PermissionRequired, Page, View):
    """A form whose `save_verb(form)` calls a service; a `UserError` is shown on its field."""

    template_name = "core/form.html"
    form_class: type
    button_label = "Enregistrer"
    success_message = "C’est enregistré."
    detail_url_name = ""
    success_url_name = ""  # takes no argument; otherwise the page of the saved object
    intro = ""
    takes = ""  # the keyword under which the form takes what the object belongs to

    def save_verb(self, form):
        """Call the service with `form.cleaned_data` and return the object."""
        raise NotImplementedError

    def get(self, request, *args, **kwargs):
        return self.show(self.get_form())

    def post(self, request, *args, **kwargs):
        form = self.get_form(data=request.POST, files=request.FILES)
        return self.save(form) if form.is_valid() else self.show(form)

    def save(self, form):
        try:
            saved, url = settled(lambda: self.save_once(form))
        except once.Done as done:
            messages.info(self.request, "C’était déjà enregistré : rien n’est fait deux fois.")
            return HttpResponseRedirect(done.url)
        except UserError as error:
            return self.refuse(form, error)
        return self.succeed(saved, url)

    @transaction.atomic
    def save_once(self, form):
        """The object, and where one goes next; `once.Done` where the same form was saved before."""
        submission = once.claim(form.data, form.files)
        self.check_version(form)
        saved = self.save_verb(form)
        url = self.get_success_url(saved)
        once.settle(submission, url)
        return saved, url

    def check_version(self, form) -> None:
        """Refuse what was typed on a page that is no longer so: nothing to look at, for what is added."""

    def succeed(self, saved, url: str):
        if message := self.get_success_message(saved):
            messages.success(self.request, message)
        return HttpResponseRedirect(url)

    def refuse(self, form, error: UserError):
        field = error.field if error.field in form.fields else NON_FIELD_ERRORS
        form.add_error(None if field == NON_FIELD_ERRORS else field, error.message)
        return self.show(form)

    def show(self, form, **context):
        context.setdefault("once", once.new_key() if once.USED in form.non_field_errors() else self.form_key(form))
        return self.render(form=form, cancel_url=self.get_cancel_url(), intro=self.intro, **context)

    def form_key(self, form) -> UUID:
        """The key of the form sent, which was not used, or a fresh one."""
        return (form.is_bound and once.key_of(form.data)) or once.new_key()

    def get_form(self, data=None, files=None):
        return self.form_class(data, files, **self.get_form_kwargs())

    def get_form_kwargs(self) -> dict:
        """`user` for the forms of `core.pages.forms`, `initial`, and `instance` for model forms."""
        kwargs: dict = {"initial": self.get_initial()}
        if hasattr(self.form_class, "takes_user"):
            kwargs["user"] = self.request.user
        if self.takes:
            kwargs[self.takes] = self.get_parent()
        return kwargs

    def get_parent(self):
        """What the object belongs to, for the form."""
        raise NotImplementedError

    def get_initial(self) -> dict:
        return {}

    def get_success_message(self, saved) -> str:
        return self.success_message

    def get_success_url(self, saved) -> str:
        if self.success_url_name:
            return link(self.success_url_name)
        return link(self.detail_url_name, getattr(saved, getattr(self, "lookup_field", "pk")))

    def get_cancel_url(self) -> str:
        return ""


class CreatePage(FormPage):
    """The form of a new object; `list_url_name` is where « Annuler » leads."""

    list_url_name = ""
    lookup_field = "pk"
    button_label = "Créer"

    def get_cancel_url(self) -> str:
        return link(self.list_url_name)


class AddPage(ObjectPage, FormPage):
    """A form about an object that leads back to it: what it adds, or a verb with a form. Its scope says who may."""

    button_label = "Ajouter"

    def get_parent(self):
        return self.object

    def get_tabs(self) -> list[tuple[str, str, bool]]:
        return []

    def get_breadcrumbs(self):
        *way, here = super().get_breadcrumbs()
        return [*way, (str(self.object), self.get_object_url()), here]

    def get_success_url(self, saved) -> str:
        return self.get_object_url()

    def get_cancel_url(self) -> str:
        return self.get_object_url()


class GuardedAddPage(AddPage):
    """A form about an object that somebody else may change meanwhile: who did is told before the verb is done."""

    @cached_property
    def version(self) -> str:
        return history.version_of(self.object)

    def check_version(self, form) -> None:
        history.lock(self.object)
        if form.data.get(VERSION, self.version) == self.version:
            return
        change = history.last_change(self.object)
        who = change.history_user or "Un traitement automatique"
        what = f" (« {change.history_change_reason} »)" if change.history_change_reason else ""
        raise UserError(
            f"{who} a changé « {self.object} » entre-temps{what} : rien n’est enregistré. "
            "Relisez, puis envoyez à nouveau si c’est toujours utile."
        )

    def show(self, form, **context):
        return super().show(form, version=self.version, **context)


class UpdatePage(ObjectPage, FormPage):
    """The form of an existing object, guarded by its version: the last row of its history."""

    template_name = "core/form.html"

    @cached_property
    def old_title(self) -> str:
        return f"Modifier – {self.object}"

    def get_title(self) -> str:
        return self.title or self.old_title

    def get_breadcrumbs(self):
        *way, (_title, _) = super().get_breadcrumbs()
        here = [(str(self.object), self.get_object_url())] if self.detail_url_name else []
        return [*way, *here, ("Modifier", "")]

    def get_form_kwargs(self) -> dict:
        obj, kwargs = self.object, super().get_form_kwargs()
        if hasattr(self.form_class, "_meta"):
            kwargs["instance"] = copy.copy(obj)  # the service compares with the untouched one
        return kwargs

    def post(self, request, *args, **kwargs):
        data = keep_chosen(request.POST, self.get_form())
        form = self.get_form(data=data, files=request.FILES)
        return self.save(form) if form.is_valid() else self.show(form)

    def save(self, form):
        try:
            # once: a service changes the object it is given before it writes it
            saved = settled(lambda: self.save_checked(form), tries=1)
        except Conflict as conflict:
            return self.show_conflict(form, conflict)
        except UserError as error:
            return self.refuse(form, error)
        return self.succeed(saved or self.object, self.get_success_url(saved or self.object))

    @transaction.atomic
    def save_checked(self, form):
        """What is there already is no conflict: the same form sent twice, or the same words from two people."""
        self.hold()
        if self.is_outdated(form):
            self.__dict__.pop("object", None)  # read again: the other person's version
            if compare(form, self.get_form(), None):
                raise Conflict(submitted=form.cleaned_data)
            return self.object
        return self.save_verb(form)

    def is_outdated(self, form) -> bool:
        """Whether the history of the object moved since the form was shown; so it is for who does not tell."""
        return form.data.get(VERSION, "") != self.get_version()

    def hold(self) -> None:
        """Two editors queue; a page whose verb holds other rows first holds them here, in the same order."""
        history.lock(self.object)

    def get_version(self) -> str:
        """What changes with the object; a page whose form also changes rows of another model adds theirs."""
        return history.version_of(self.object)

    def get_last_change(self):
        """The history row of the other person's change, or None."""
        return history.last_change(self.object)

    def show(self, form, **context):
        version = form.data.get(VERSION) if form.is_bound else self.get_version()
        return super().show(form, version=version, **context)

    def show_conflict(self, form, conflict: Conflict):
        """The page « Deux versions »: what differs, who saved first, and the choice for each field."""
        found = self.form_as_found(form.data.get(VERSION, ""))
        self.__dict__.pop("object", None)  # read again: the other person's version
        self.template_name = "core/conflict.html"
        return self.render(
            status=409,
            message=conflict.message,
            differences=compare(form, self.get_form(), found),
            change=self.get_last_change(),
            version=self.get_version(),
            posted=[(name, value) for name in _posted_names(form) for value in form.data.getlist(name)],
            cancel_url=self.get_object_url(),
        )

    def form_as_found(self, version: str):
        """The form as it was when the person opened it, from the history; None when that is not known."""
        found = history.at_version(self.object, version)
        if found is None:
            return None
        self.object = found
        return self.get_form()

    def get_success_url(self, saved) -> str:
        return link(self.success_url_name) if self.success_url_name else self.get_object_url()

    def get_cancel_url(self) -> str:
        return self.get_object_url()


def _posted_names(form) -> list[str]:
    return [form.add_prefix(name) for name in form.fields]
