"""Pages declared in a few lines: list, detail, form, verb, history (see docs/how-to/add-a-page.md)."""

from core.pages.access import SIGNED_IN, PermissionRequired
from core.pages.detail import DetailPage, ObjectPage
from core.pages.form import AddPage, CreatePage, FormPage, UpdatePage
from core.pages.history import HistoryPage
from core.pages.listing import ListPage
from core.pages.page import Page, PageAction, link
from core.pages.verb import VerbPage

__all__ = [
    "SIGNED_IN",
    "AddPage",
    "CreatePage",
    "DetailPage",
    "FormPage",
    "HistoryPage",
    "ListPage",
    "ObjectPage",
    "Page",
    "PageAction",
    "PermissionRequired",
    "UpdatePage",
    "VerbPage",
    "link",
]
