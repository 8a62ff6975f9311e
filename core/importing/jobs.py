"""Background work of an import: its reading, and its undoing when it wrote much."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from core.base.enums import ImportState
from core.base.registries import job_kinds
from core.base.words import in_words
from core.importing import engine
from core.importing.kind import FileImport
from core.jobs import JobContext, JobKind
from core.models import AbstractImport, Job
from core.record.undoing import Refusal, UndoRefused

READING_LIMIT = timedelta(minutes=5)
UNDOING_LIMIT = timedelta(minutes=15)


def declare(kind: type[FileImport]) -> None:
    """Register the jobs of a kind of import."""

    def may_restart(user: Any, job: Job) -> bool:
        record = _record(kind, job.parameters["pk"])
        return record is not None and kind.may_use(user, record)

    def read(job: JobContext, *, pk: int) -> dict | None:
        record = _record(kind, pk)
        if record is None:
            return None
        engine.read_file(kind, record, job=job)
        return {"url": kind.url(record)}

    def undo(job: JobContext, *, pk: int, keep_changed: bool) -> dict | None:
        record = _record(kind, pk)
        if record is None:
            return None
        job.progress(10, "Retour à l’état d’avant")
        refusals = []
        if record.state != ImportState.UNDONE:  # an attempt that died after its last word
            refusals = _undo(kind, record, by=job.requested_by, keep_changed=keep_changed)
        return {"url": kind.url(record), "refusals": refusals}

    works: tuple[tuple[str, str, Callable[..., dict | None], timedelta], ...] = (
        ("read", f"Lecture : {kind.title}", read, READING_LIMIT),
        ("undo", f"Annulation : {kind.title}", undo, UNDOING_LIMIT),
    )
    for code, label, run, limit in works:
        name = f"{code}_{kind.code}"
        job_kinds.register(JobKind(name, label, run, may_restart=may_restart, time_limit=limit, leads_on=True))


def _undo(kind: type[FileImport], record: AbstractImport, *, by: Any, keep_changed: bool) -> list[dict[str, str]]:
    """Undo, or say line by line what was changed since: the page of the import shows it."""
    try:
        engine.undo(kind, record, by=by, keep_changed=keep_changed)
    except UndoRefused as refused:
        return [refusal_told(one) for one in refused.refusals]
    return []


def refusal_told(refusal: Refusal) -> dict[str, str]:
    """What was changed since, why it stays, by whom and when where it is known."""
    author, at = refusal.author or "", in_words(refusal.at) if refusal.at else ""
    return {"what": refusal.what, "why": refusal.why, "author": str(author), "at": at}


def _record(kind: type[FileImport], pk: int) -> AbstractImport | None:
    return kind.model._default_manager.select_related(*kind.related).filter(pk=pk).first()
