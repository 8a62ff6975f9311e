"""The life of an import: received → read in a job → preview → recorded → undone, or abandoned before being recorded.

Each app gives the verbs between.
"""

import hashlib
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, TypeVar

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from core import history, jobs
from core.enums import ImportState
from core.errors import UserError
from core.jobs import JobContext
from core.models import AbstractImport
from core.spreadsheets.errors import SpreadsheetError
from core.spreadsheets.reading import check_size, read

LONGEST_NAME = 200
Record = TypeVar("Record", bound=AbstractImport)  # the import of an app


@transaction.atomic
def receive(record: Record, file: UploadedFile, *, by, job_kind: str) -> Record:
    """Keep the file with its digest and ask for its reading. `record` holds what the app adds (site, year…)."""
    keep(record, file, by=by)
    return ask_reading(record, by=by, job_kind=job_kind)


@transaction.atomic
def keep(record: Record, file, *, by) -> Record:
    """Keep the file as it was sent, with its digest."""
    try:
        check_size(file.size or 0)
    except SpreadsheetError as error:
        raise UserError(f"« {file.name} » : {error.message}", field="file") from error
    record.name = PurePath(file.name or "fichier").name[:LONGEST_NAME]
    record.digest = digest_of(file)
    record.file = file
    record.sent_by = by
    history.save(record, by=by, reason="Fichier reçu")
    return record


@transaction.atomic
def ask_reading(record: Record, *, by, job_kind: str) -> Record:
    """Have the file read, or read again after a choice of the person; never once it is recorded."""
    _locked(record, ImportState.READING, ImportState.PREVIEW)
    record.state = ImportState.READING
    record.job = jobs.enqueue(
        job_kind,
        by=by,
        label=f"Lecture de « {record.name} »"[:200],
        parameters={"pk": record.pk},
        key=f"{job_kind}:{record.pk}",
    )
    history.save(record, by=by, fields=["state", "job"])
    return record


def read_file(
    record: Record, *, job: JobContext, preview: Callable[[Record, Any], dict], reader: Callable[..., Any] = read
) -> None:
    """The body of the reading job: bounded reading, then `preview(record, what was read)`; a bad file is refused.

    `reader(path, name=)` gives a workbook, or what else an app reads; it raises SpreadsheetError.
    """
    job.progress(10, "Lecture du fichier")
    try:
        content = reader(record.file.path, name=record.name)
        job.progress(50, "Reconnaissance du contenu")
        content = preview(record, content)
    except SpreadsheetError as error:
        _keep(job, record, state=ImportState.REFUSED, error=placed(error))
        return
    _keep(job, record, state=ImportState.PREVIEW, preview=content, error="")


@transaction.atomic
def choose(record: Record, choices: dict, *, by) -> Record:
    """Keep what the person decided on the preview."""
    locked = _locked(record, ImportState.PREVIEW)
    locked.choices = choices
    history.save(locked, by=by, reason="Choix sur l’aperçu", fields=["choices"])
    return locked


@transaction.atomic
def commit(record: Record, *, by, apply: Callable[[Record], list[dict]]) -> Record:
    """Record the import: `apply(record)` writes everything and returns the log that undoing needs."""
    locked = _locked(record, ImportState.PREVIEW)
    locked.changes = apply(locked)
    locked.state = ImportState.COMMITTED
    locked.committed_at = timezone.now()
    history.save(locked, by=by, reason="Import enregistré", fields=["changes", "state", "committed_at"])
    return locked


@transaction.atomic
def undo(record: Record, *, by, revert: Callable[[Record], object]) -> Record:
    """Undo the import as a whole: `revert(record)` raises UserError if something was changed since."""
    locked = _locked(record, ImportState.COMMITTED)
    revert(locked)
    locked.state = ImportState.UNDONE
    locked.undone_by, locked.undone_at = by, timezone.now()
    history.save(locked, by=by, reason="Import annulé", fields=["state", "undone_by", "undone_at"])
    return locked


@transaction.atomic
def abandon(record: Record, *, by) -> Record:
    """Close an import that will not be recorded; nothing was written, its file and its history stay."""
    locked = _locked(record, ImportState.READING, ImportState.PREVIEW)
    locked.state = ImportState.ABANDONED
    history.save(locked, by=by, reason="Import abandonné", fields=["state"])
    return locked


def digest_of(file) -> str:
    """SHA-256 of an uploaded file, read by pieces."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def placed(error: SpreadsheetError) -> str:
    """The sentence, with the sheet and the cell when they are known."""
    if error.cell and error.cell in error.message:
        return error.message
    places = [f"feuille « {error.sheet} »" if error.sheet else "", f"cellule {error.cell}" if error.cell else ""]
    place = ", ".join(filter(None, places))
    return f"{error.message} ({place})" if place else error.message


def _keep(job: JobContext, record: AbstractImport, **values) -> None:
    """Write the outcome in the transaction that ends the job: a killed job leaves the import as it was.

    An old reading asked for again leaves alone what was recorded meanwhile.
    """

    def write():
        if _lock(record).state != ImportState.READING:
            return
        for name, value in values.items():
            setattr(record, name, value)
        history.save(record, by=job.requested_by, reason="Fichier lu", fields=list(values))

    job.on_done(write)


_WORDS = {
    ImportState.READING: "Le fichier est encore en cours de lecture.",
    ImportState.REFUSED: "Ce fichier a été refusé.",
    ImportState.PREVIEW: "Cet import n’a pas encore été enregistré.",
    ImportState.COMMITTED: "Cet import est déjà enregistré.",
    ImportState.UNDONE: "Cet import a été annulé ; déposez de nouveau le fichier.",
    ImportState.ABANDONED: "Cet import a été abandonné ; déposez de nouveau le fichier.",
}


def _locked(record: Record, *states: ImportState) -> Record:
    locked = _lock(record)
    if locked.state not in states:
        raise UserError(_WORDS[ImportState(locked.state)])
    return locked


def _lock(record: Record) -> Record:
    return type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
