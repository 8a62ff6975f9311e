"""The addresses of an import, from its declaration."""

from typing import Any

from django.urls import URLPattern, path

from core.importing import pages
from core.importing.kind import FileImport

PAGES = (
    ("", "", pages.ImportPage),
    ("historique/", "history", pages.ImportHistory),
    ("choix/", "choices", pages.ImportChoices),
    ("enregistrer/", "commit", pages.ImportCommit),
    ("annuler/", "undo", pages.ImportUndo),
    ("abandonner/", "abandon", pages.ImportAbandon),
    ("relire/", "retry", pages.ImportRetry),
    ("oublier/", "forget", pages.ImportForget),
    ("problemes/", "problems", pages.ImportProblems),
)


def import_urls(kind: type[FileImport], at: str = "imports/") -> list[URLPattern]:
    """What is done with one import: see it, answer, record, undo…; its upload page is the app's own."""
    return [
        path(f"{at}<int:pk>/{end}", _view(kind, page), name=kind.url_name(name).partition(":")[2])
        for end, name, page in PAGES
    ]


def _view(kind: type[FileImport], page: type[pages.OneImport]) -> Any:
    permission = kind.seen_with if page is pages.ImportPage else page.permission or kind.permission
    return page.as_view(kind=kind, permission=permission, history_url_name=kind.url_name("history"))
