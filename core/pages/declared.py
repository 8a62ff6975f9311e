"""The pages that a section declares, and what each knows of it (see `core.pages.section`)."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.urls import URLPattern, path
from django.utils.text import capfirst

from core.pages.access import OnObject
from core.pages.detail import DetailPage, ObjectPage
from core.pages.form import AddPage, CreatePage, FormPage, UpdatePage
from core.pages.history import HistoryPage
from core.pages.listing import ListPage
from core.pages.verb import NO_REASON, VerbPage

if TYPE_CHECKING:
    from core.pages.section import Section

# the page classes of core, the narrowest first: what a page given by an app is made of
PRESENT = (HistoryPage, UpdatePage, AddPage, CreatePage, FormPage, VerbPage, DetailPage, ListPage, ObjectPage, OnObject)


class OfSection:
    """What every page of a section knows. It stands between the page of the app and the class of core."""

    section: type["Section"]
    crumb = ""  # the last step, where the title is too long for it

    def get_title(self) -> str:
        return capfirst(self.title.format(self.object)) if "{" in self.title else super().get_title()

    def get_question(self) -> str:
        return self.question.format(self.object) if "{" in self.question else super().get_question()

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        steps = [step for step in self.get_way() if step[1] != self.request.path]
        return [*steps, (self.crumb or self.get_title(), "")]

    def get_way(self) -> list[tuple[str, str]]:
        """The steps to this page: what the thing belongs to, then itself where it has a page."""
        return self.section.way(self.object)

    def get_parent(self) -> Any:
        return self.section.parent_of(self.object)

    def get_object_url(self) -> str:
        return self.section.url_of(self.object)

    def get_tabs(self) -> list[tuple[str, str, bool]]:
        return super().get_tabs() if self.detail_url_name else []


class OfAll:
    """A page of a section that is about no object: its list, or the form that adds one."""

    def get_way(self) -> list[tuple[str, str]]:
        return self.section.way()


class OfParent:
    """The page that adds one to its parent, which is the object of the page."""

    def get_way(self) -> list[tuple[str, str]]:
        return self.section.parent.trail(self.object)

    def get_parent(self) -> Any:
        return self.object

    def get_object_url(self) -> str:
        return self.section.parent.url(self.object)

    def get_success_url(self, saved: Any) -> str:
        is_one = isinstance(saved, self.section.queryset.model)
        return self.section.url_of(saved) if is_one else self.get_object_url()


class Leaving:
    """A verb after which the object is not there any more: back to what it belonged to, or to the list."""

    def get_success_url(self) -> str:
        return self.section.url_around(self.object)


class Declared:
    """One page of a section: where it stands, the page class it is made of, and its attributes."""

    present: type = ObjectPage
    also: tuple[type, ...] = ()  # what differs from `OfSection`
    is_of_one = True  # the address begins with that of one thing

    def __init__(self, at: str, *, page: type | None = None, name: str = "", **options: Any):
        self.at, self.page, self.name, self.options = at, page, name, options

    def build(self, section: type["Section"], attribute: str) -> type:
        """The view class."""
        given = () if self.page is None else (self.page,)
        present = next((one for one in PRESENT if given and issubclass(given[0], one)), self.present)
        attributes = self.attributes(section)
        return type(f"{section.__name__}{attribute.title()}", (*given, *self.also, OfSection, present), attributes)

    def attributes(self, section: type["Section"]) -> dict[str, Any]:
        """What the section says, where a page given by the app does not say it, then the options."""
        said = {
            "permission": self.permission(section),
            "queryset": section.queryset,
            "lookup_field": section.lookup,
            "is_global": section.is_global,
            "detail_url_name": section.name if section.has(Detail) else "",
            "history_url_name": f"{section.name}-history" if section.has(History) else "",
        }
        given = vars(self.page) if self.page else {}
        kept = {key: value for key, value in said.items() if key not in given}
        return kept | {"section": section, "__module__": section.__module__} | self.options

    def permission(self, section: type["Section"]) -> str:
        return section.permission

    def pattern(self, section: type["Section"], attribute: str) -> URLPattern:
        """Its address, named `<section>-<attribute>`."""
        where = f"{section.path.rstrip('/')}/{self.at}" if self.is_of_one else self.at
        where = where.rstrip("/") + "/" * section.path.endswith("/") if self.is_of_one else where
        name = self.url_name(section, attribute).partition(":")[2]
        return path(where, getattr(section, attribute).as_view(), name=name)

    def url_name(self, section: type["Section"], attribute: str) -> str:
        return self.name or f"{section.name}-{attribute.replace('_', '-')}"


class Own(Declared):
    """A page of the thing that is a class of its own."""

    def __init__(self, at: str, page: type, **options: Any):
        super().__init__(at, page=page, **options)


class Detail(Declared):
    """The file of one thing, at its own address: its `facts` and `actions`."""

    present = DetailPage

    def __init__(self, **options: Any):
        super().__init__("", **options)

    def permission(self, section: type["Section"]) -> str:
        return section.queryset.model.scope.view

    def url_name(self, section: type["Section"], attribute: str) -> str:
        return section.name


class Listing(Declared):
    """The list of those one sees, with its filters and files; the button that adds one follows from `create`."""

    present, also, is_of_one = ListPage, (OfAll,), False

    def __init__(self, at: str, **options: Any):
        super().__init__(at, **options)

    def attributes(self, section: type["Section"]) -> dict[str, Any]:
        found = super().attributes(section)
        create = section.declared.get("create")
        if create and not section.parent:
            found = {
                "create_url_name": create.url_name(section, "create"),
                "create_label": create.options["title"],
                "create_permission": create.options.get("permission", section.permission),
            } | found
        return found | {"get_way": lambda page: []}

    def permission(self, section: type["Section"]) -> str:
        return section.queryset.model.scope.view

    def url_name(self, section: type["Section"], attribute: str) -> str:
        return self.name or f"{section.name}s"


class Add(Declared):
    """A form that adds one, to its parent when it has one: `verb([parent,] by=, **values)` gives it."""

    is_of_one = False

    def __init__(self, at: str, form: type, verb: Callable[..., Any], **options: Any):
        super().__init__(at, form_class=form, **options)
        self.verb = verb

    def build(self, section: type["Section"], attribute: str) -> type:
        self.present, self.also = (AddPage, (OfParent,)) if section.parent else (CreatePage, (OfAll,))
        return super().build(section, attribute)

    def attributes(self, section: type["Section"]) -> dict[str, Any]:
        verb, parent, found = self.verb, section.parent, super().attributes(section)
        if parent is None:
            found["save_verb"] = lambda page, form: verb(by=page.request.user, **form.cleaned_data)
            return {"list_url_name": section.list_name} | found
        found["save_verb"] = lambda page, form: verb(page.object, by=page.request.user, **form.cleaned_data)
        return found | {"queryset": parent.queryset, "lookup_field": parent.lookup, "is_global": section.is_global}


class Change(Declared):
    """A form that changes one, safe from a second editor: `verb(thing, by=, **values)`."""

    present = UpdatePage

    def __init__(self, form: type, verb: Callable[..., Any], *, at: str = "modifier", **options: Any):
        def save_verb(page: Any, form: Any) -> Any:
            return verb(page.object, by=page.request.user, **form.cleaned_data)

        super().__init__(at, **{"form_class": form, "save_verb": save_verb, "crumb": "Modifier"} | options)


class Fill(Change):
    """A verb with a form of its own, on one thing: `verb(thing, by=, **values)`."""

    present = AddPage

    def __init__(self, at: str, form: type, verb: Callable[..., Any], **options: Any):
        super().__init__(form, verb, at=at, **{"crumb": ""} | options)


class Ask(Declared):
    """A verb asked to confirm, with its reason when one is due: `verb(thing, by=[, reason=])`."""

    present = VerbPage

    def __init__(self, at: str, verb: Callable[..., Any], **options: Any):
        takes_reason = options.get("reason", NO_REASON) != NO_REASON

        def act(page: Any, thing: Any, *, reason: str) -> Any:
            return verb(thing, by=page.request.user, **({"reason": reason} if takes_reason else {}))

        super().__init__(at, **{"verb": act} | options)


class Press(Ask):
    """A verb done at once, as one button."""

    def __init__(self, at: str, verb: Callable[..., Any], **options: Any):
        super().__init__(at, verb, is_direct=True, **options)


class Remove(Ask):
    """A verb after which the thing is gone."""

    also = (Leaving,)

    def __init__(self, verb: Callable[..., Any], *, at: str = "supprimer", **options: Any):
        super().__init__(at, verb, **{"is_danger": True, "button_label": "Supprimer"} | options)


class History(Declared):
    """Who changed the thing, when and why; those deleted included."""

    present = HistoryPage

    def __init__(self, **options: Any):
        super().__init__("historique", **{"crumb": "Historique"} | options)

    def permission(self, section: type["Section"]) -> str:
        return HistoryPage.permission
