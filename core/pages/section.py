"""The pages of one thing declared together: addresses, names, ways, titles and where one goes next follow from it.

    class Points(Section):
        name, path, permission = "surveys:point", "points/<int:pk>", Permission.SURVEY_EDIT
        queryset = CollectionPoint.objects.select_related("campaign__site", "place")
        parent = Parent("campaign", Campaign.objects.select_related("site"), "surveys:campaign", lookup="code", way=WAY)

        create = Add("campagnes/<slug:code>/points/nouveau", NewPointForm, points.add, title="Ajouter un point")
        edit = Change(PointForm, points.change, title="Modifier un point de collecte")
        disable = Ask("hors-service", points.disable, title="Mettre hors service « {0} »", reason=OPTIONAL_REASON)
        enable = Press("en-service", points.enable, success_message="Le point est remis en service.")
        history = History()

`*Points.urls()` are its addresses: `surveys:point-create`, `surveys:point-edit`… An option of a page is an attribute of
the page class it is made of; a page that does more is a class, given by `page=` or as `Own("qr.svg", PointQr)`. In a
title or a question, `{0}` is the object. See docs/how-to/add-a-page.md.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import URLPattern

from core.pages.declared import Add, Ask, Change, Declared, Detail, Fill, History, Listing, Own, Press, Remove
from core.pages.page import link
from core.record.history import related

Methods: Any = object  # the base of a class given by `page=`: its methods come before those of a page it does not name

__all__ = [
    "Add",
    "Ask",
    "Change",
    "Detail",
    "Fill",
    "History",
    "Listing",
    "Own",
    "Parent",
    "Press",
    "Remove",
    "Section",
]

Steps = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Parent:
    """What a thing belongs to: the relation that leads there, and the page where the thing is shown.

    way: the steps before that page, or a function of the parent that gives them. label: how its own step reads, where
    `{0}` is the parent, or a function of it.
    """

    name: str
    queryset: QuerySet
    url_name: str
    lookup: str = "pk"
    way: Steps | Callable[[Any], Steps] = ()
    label: str | Callable[[Any], str] = "{0}"

    def url(self, parent: Any) -> str:
        return link(self.url_name, getattr(parent, self.lookup))

    def trail(self, parent: Any) -> list[tuple[str, str]]:
        """The steps to the page of the parent, itself included."""
        steps = self.way(parent) if callable(self.way) else self.way
        label = self.label(parent) if callable(self.label) else self.label.format(parent)
        return [*((step, link(url)) for step, url in steps), (label, self.url(parent))]


class Section:
    """The pages of one thing. Each attribute that declares a page becomes its view class."""

    name: ClassVar[str]  # « surveys:point »: the name of the page of one; the others are « surveys:point-edit »
    path: ClassVar[str]  # where one stands: « points/<int:pk> », « catalogue/<slug:code>/ »
    queryset: ClassVar[QuerySet]
    permission: ClassVar[str]  # with which its pages add, change and act
    parent: ClassVar[Parent | None] = None
    anchor: ClassVar[str] = ""  # where the thing stands in the page of its parent: « #question-{0.pk} »
    is_global: ClassVar[bool] = False
    declared: ClassVar[dict[str, Declared]] = {}
    lookup: ClassVar[str] = "pk"  # the part of `path` that tells one
    list_name: ClassVar[str] = ""

    def __init_subclass__(cls) -> None:
        cls.declared = {name: one for name, one in vars(cls).items() if isinstance(one, Declared)}
        cls.lookup = re.findall(r":(\w+)>", cls.path)[-1]
        lists = [one.url_name(cls, name) for name, one in cls.declared.items() if isinstance(one, Listing)]
        cls.list_name = next(iter(lists), "")
        for name, one in cls.declared.items():
            setattr(cls, name, one.build(cls, name))

    @classmethod
    def urls(cls) -> Iterator[URLPattern]:
        """The addresses of its pages; a list and a form that adds come before what they could be taken for."""
        for name, one in sorted(cls.declared.items(), key=lambda item: item[1].is_of_one):
            yield one.pattern(cls, name)

    @classmethod
    def way(cls, thing: Any = None) -> list[tuple[str, str]]:
        """The steps to the pages of a thing: what it belongs to, or the list, then itself where it has a page."""
        steps = cls.parent.trail(cls.parent_of(thing)) if cls.parent else [cls.list_step()]
        return [*steps, (str(thing), cls.url_of(thing))] if thing is not None and cls.has(Detail) else steps

    @classmethod
    def list_step(cls) -> tuple[str, str]:
        one = next(one for one in cls.declared.values() if isinstance(one, Listing))
        return one.options["title"], link(cls.list_name)

    @classmethod
    def url_of(cls, thing: Any) -> str:
        """The page of one thing, or its place in that of its parent."""
        if cls.has(Detail):
            return link(cls.name, getattr(thing, cls.lookup))
        return cls.url_around(thing) + cls.anchor.format(thing)

    @classmethod
    def url_around(cls, thing: Any) -> str:
        """The page of what the thing belongs to, or the list."""
        return cls.parent.url(cls.parent_of(thing)) if cls.parent else link(cls.list_name)

    @classmethod
    def parent_of(cls, thing: Any) -> Any:
        return related(thing, cls.parent.name)

    @classmethod
    def has(cls, kind: type[Declared]) -> bool:
        """Whether a page of that kind is declared."""
        return any(isinstance(one, kind) for one in cls.declared.values())
