"""Somebody else changed the action since the page was opened: what they wrote stands beside what the person typed."""

from types import SimpleNamespace

from django.db import transaction
from django.forms import ChoiceField, Form

from actions.models import Action
from actions.services.groups import locked_group
from core.base.errors import Conflict
from core.base.words import in_words
from core.pages.form import VERSION
from core.record import history

# What the pages of the verbs write: another change, of its words or of who answers for it, takes nothing away.
WATCHED = ("status", "done_on", "deadline_text", "status_reason", "comment", "review_due_on", "review_result")


class HeldInOrder:
    """An `UpdatePage` of an action: held with its twins and findings, in the order in which every verb holds them."""

    def hold(self) -> None:
        locked_group(self.object)


class TellsMeanwhile(HeldInOrder):
    """An `UpdatePage` whose form writes a few fields: shown again with both versions, to be sent again or left."""

    def post(self, request, *args, **kwargs):
        """What the form offers depends on where the action stands: told before it is judged."""
        form = self.get_form(data=request.POST, files=request.FILES)
        return self.show_conflict(form) if self.is_behind(form) else super().post(request, *args, **kwargs)

    @transaction.atomic
    def save_checked(self, form):
        self.hold()
        if self.is_behind(form):
            raise Conflict
        return self.save_verb(form)

    def is_behind(self, form) -> bool:
        if not form.data.get(VERSION):
            return True
        found = history.at_version(self.object, form.data[VERSION])
        now = Action.objects.filter(pk=self.object.pk).values(*WATCHED).first()
        return found is not None and now != {name: getattr(found, name) for name in WATCHED}

    def show_conflict(self, form, conflict: Conflict | None = None):
        found = history.at_version(self.object, form.data.get(VERSION, "")) or self.object
        self.__dict__.pop("object", None)  # read again: the other person's version
        changes = [_change(name, found, self.object) for name in WATCHED]
        return self.show(
            _typed_again(self.get_form(), form),
            status=409,
            meanwhile=[change for change in changes if change.before != change.now],
            change=self.get_last_change(),
            has_lost_file=bool(form.files),
        )


def _typed_again(again: Form, typed: Form) -> Form:
    """The form of the action as it is now, with what the person typed; a choice that is no more is left out."""
    for name, field in again.fields.items():
        value = typed.data.get(typed.add_prefix(name), "")
        if not isinstance(field, ChoiceField) or field.valid_value(value):
            again.initial[name] = value
    return again


def _change(name: str, before: Action, now: Action) -> SimpleNamespace:
    """A field in words: what the person found, and what it is now."""
    label = Action._meta.get_field(name).verbose_name
    return SimpleNamespace(label=label, before=_told(before, name), now=_told(now, name))


def _told(action: Action, name: str) -> str:
    display = getattr(action, f"get_{name}_display", None)
    return display() if display else in_words(getattr(action, name))
