"""How long what was sent is kept: file and preview go once undoing is no longer offered; the digest stays."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from core.base.enums import ImportState
from core.base.registries import RetentionRule, retention_rules
from core.importing.kind import FileImport
from core.record import history

REASON = "Fichier effacé au terme de sa conservation"
FIELDS = ("file", "preview", "shown", "state")


def declare(kind: type[FileImport]) -> None:
    """Register the term of a kind of import."""

    def due(on: date) -> QuerySet:
        limit = on - timedelta(days=settings.IMPORT_KEPT_DAYS)
        is_recorded = Q(committed_at__isnull=False)
        is_past = Q(committed_at__date__lt=limit) | (~is_recorded & Q(sent_at__date__lt=limit))
        return kind.model._default_manager.filter(is_past).exclude(file="", preview={})

    term = f"{settings.IMPORT_KEPT_DAYS} jours"
    retention_rules.register(RetentionRule(f"imports-{kind.code}", f"{kind.title} : fichiers", term, due, erase))


def erase(rows: QuerySet, *, by: Any = None) -> int:
    """Remove the files and previews of the imports, and keep their digests."""
    count = 0
    for record in rows.order_by("pk").iterator(chunk_size=100):
        if record.file:
            record.file.delete(save=False)
        record.preview, record.shown = {}, {}
        if record.state in (ImportState.READING, ImportState.PREVIEW):
            record.state = ImportState.ABANDONED
        history.save(record, by=by, reason=REASON, fields=FIELDS)
        count += 1
    return count
