"""The page of one object: its facts, what can be done with it, and the tabs of its file."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from django.utils.text import capfirst
from django.views import View

from core.base.words import words_of
from core.pages.access import OnObject
from core.pages.page import Page, PageAction, link


class ObjectPage(OnObject, Page, View):
    """A page about one object, with the tabs « Fiche » and « Historique »."""

    detail_url_name = ""
    history_url_name = ""
    history_permission = "history_view"

    def get_title(self) -> str:
        return capfirst(self.title) or str(self.object)

    def get_object_url(self) -> str:
        return link(self.detail_url_name, self.get_key()) if self.detail_url_name else ""

    def get_key(self):
        """What stands for the object in an address."""
        return getattr(self.object, self.lookup_field)

    def get_tabs(self) -> list[tuple[str, str, bool]]:
        """(label, address, is current) of each tab; none when there is only one."""
        tabs = [("Fiche", self.get_object_url(), False)]
        if self.history_url_name and self.allows(self.history_permission):
            tabs.append(("Historique", link(self.history_url_name, self.get_key()), False))
        return [(label, url, url == self.request.path) for label, url, _ in tabs] if len(tabs) > 1 else []

    def get_context_data(self, **context) -> dict:
        return super().get_context_data(object=self.object, tabs=self.get_tabs(), **context)


class DetailPage(ObjectPage):
    """The facts of an object (`facts` names its fields) and the actions the person may take.

    unsaid: what to say of a field that is empty, instead of « non renseigné »; with no words, the fact is not shown.
    """

    template_name = "core/detail.html"
    facts: Sequence[str] = ()
    unsaid: Mapping[str, str] = MappingProxyType({})
    actions: Sequence[PageAction] = ()

    def get(self, request, *args, **kwargs):
        return self.render(facts=self.get_facts(), actions=self.get_actions())

    def get_facts(self) -> list[tuple[str, str]]:
        """(label, text) of each fact: the field's French label and its value as people read it."""
        fields = [self.model._meta.get_field(name) for name in self.facts]
        told = [(field, self._words(field)) for field in fields]
        return [
            (capfirst(field.verbose_name), words) for field, words in told if words or field.name not in self.unsaid
        ]

    def _words(self, field) -> str:
        value = self._value(field)
        return self.unsaid[field.name] if value in (None, "") and field.name in self.unsaid else words_of(field, value)

    def get_actions(self) -> list[dict[str, str]]:
        return [action.shown(self.get_key()) for action in self.actions if self.allows(action.permission)]

    def _value(self, field):
        value = getattr(self.object, field.name)
        return list(value.all()) if field.many_to_many else value
