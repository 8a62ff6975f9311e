"""What audits give to search: the register of documents."""

from django.urls import reverse

from audits.models import Document
from core.base.registries import Gesture
from core.pages.search import Found, Searched, give
from organisations.permissions import Permission

EDIT = Permission.AUDIT_EDIT


def _document(document: Document) -> Found:
    detail = f"{document.get_kind_display()}, {document.site.name}"
    return Found(document.title, reverse("audits:document", args=[document.pk]), detail)


def register() -> None:
    """Give documents."""
    give(
        Searched(
            "documents",
            "document",
            "Documents",
            Document.objects.select_related("site"),
            ("title", "place"),
            _document,
            order=("withdrawn_on", "title", "pk"),
            position=35,
        ),
        Gesture("Ajouter un document", "audits:document-create", EDIT, "déposer preuve"),
        Gesture("Ajouter un audit", "audits:audit-create", EDIT, "préparer"),
        Gesture("Préparer le classeur de l’auditeur", "audits:binder-request", EDIT, "exporter télécharger zip"),
    )
