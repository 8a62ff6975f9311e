"""The main menu of one request: what the person may open, and where they are."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse

from core.base import registries

LONG = 8  # pages of a group beyond which they stand in two columns


@dataclass
class MenuEntry:
    """One line of the menu as the page shows it: a page, or a group of pages behind one button."""

    label: str
    url: str = ""
    is_current: bool = False
    children: list["MenuEntry"] = field(default_factory=list)
    help: str = field(default="", compare=False)  # the section of the help page that explains it

    @property
    def is_apart(self) -> bool:
        """What is set once stands at the end of the menu."""
        return self.label == registries.SETTINGS

    @property
    def is_long(self) -> bool:
        return len(self.children) > LONG

    @property
    def pages(self) -> list["MenuEntry"]:
        return self.children or [self]


def menu_entries(request) -> list[MenuEntry]:
    """Entries the person of the request may open; the deepest one that holds the page is current."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    kept = getattr(request, "menu_kept", None)  # a page asks twice: for its menu, and for the section it is in
    if kept is None or kept[0] != user:
        kept = request.menu_kept = (user, _entries_of(request, user))
    return kept[1]


def current_section(request) -> str:
    """Label of the current page of the menu, empty on that very page, whose title says it already."""
    page = _current(request)
    return page.label if page and page.url != request.path else ""


def help_section(request) -> str:
    """The section of the help page that explains the current page; empty where none does."""
    page = _current(request)
    return page.help if page else ""


def _current(request) -> MenuEntry | None:
    pages = (page for entry in menu_entries(request) for page in entry.pages)
    return next((page for page in pages if page.is_current), None)


def _entries_of(request, user) -> list[MenuEntry]:
    links = [(item, address(item.url_name)) for item in registries.menu.for_user(user)]
    current = _deepest([url for _item, url in links if url], request.path)
    return _grouped(
        [(item.group, MenuEntry(item.label, url, url == current, help=item.help)) for item, url in links if url]
    )


def _grouped(pages: list[tuple[str, MenuEntry]]) -> list[MenuEntry]:
    """Pages of one group under one button, at the place of the first; a page alone in its group stays a plain link."""
    entries: dict[str, MenuEntry] = {}
    for group, page in pages:
        if not group:
            entries[page.url] = page
            continue
        button = entries.setdefault(f"group:{group}", MenuEntry(group))
        button.children.append(page)
        button.is_current = button.is_current or page.is_current
    return [entry.children[0] if len(entry.children) == 1 else entry for entry in entries.values()]


def address(url_name: str) -> str:
    """The address of a page of the menu; empty where there is none."""
    return _address(url_name, get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())


@lru_cache(maxsize=256)
def _address(url_name: str, urlconf: str, prefix: str) -> str:
    """The same for every request of a process."""
    try:
        return reverse(url_name, urlconf)
    except NoReverseMatch:  # a wrong name must not break every page; tests/core/pages/test_templates.py refuses it
        return ""


def _deepest(urls: list[str], path: str) -> str:
    """The longest address that begins the path; the home page only for itself."""
    holding = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return max(holding, key=len, default="")
