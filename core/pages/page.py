"""What every page has: a title, breadcrumbs, actions, a template."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

MORE = "more"  # the kind of an action that stands under « Autres gestes »


@dataclass(frozen=True)
class PageAction:
    """A link or button of a page, shown to those who hold the permission; `url_name` takes the object's key."""

    label: str
    url_name: str
    permission: str = ""
    icon: str = ""
    kind: str = "secondary"  # "" (primary), "secondary", "tertiary", or MORE
    method: str = "get"

    def shown(self, *args) -> dict[str, str]:
        """The action as `components/toolbar.html` takes it."""
        url = link(self.url_name, *args)
        return {"label": self.label, "url": url, "icon": self.icon, "kind": self.kind, "method": self.method}


class Page:
    """Title, breadcrumbs `[(label, url or URL name), …]` and template context."""

    title = ""
    breadcrumbs: Sequence[tuple[str, str]] = ()
    template_name = ""

    def get_title(self) -> str:
        return capfirst(self.title)

    def get_breadcrumbs(self) -> list[tuple[str, str]]:
        """The way to this page; the page itself comes last, without a link."""
        return [*((label, link(url)) for label, url in self.breadcrumbs), (self.get_title(), "")]

    def get_context_data(self, **context) -> dict:
        return {"view": self, "title": self.get_title(), "breadcrumbs": self.get_breadcrumbs(), **context}

    def render(self, *, status: int = 200, **context) -> TemplateResponse:
        return TemplateResponse(self.request, self.template_name, self.get_context_data(**context), status=status)


def link(url: str, *args) -> str:
    """A URL as it is, or the URL of a view named `app:name`."""
    return url if not url or url.startswith(("/", "?", "#")) else reverse(url, args=args)
