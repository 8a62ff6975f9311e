"""The life of an import: received → read in a job → preview, answers → recorded as shown → undone, or abandoned.

What is recorded is what was shown: `commit` plans again under its locks and refuses if anything moved since.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from pathlib import PurePath
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from core import jobs
from core.base.digests import digest_of_file
from core.base.enums import ImportSource, ImportState
from core.base.errors import UserError
from core.importing import answers, memory
from core.importing.asks import Given
from core.importing.file_told import ENCODING, with_file
from core.importing.kind import FileImport
from core.importing.lines import Fate
from core.importing.plan import SKIP_ERRORS, Plan
from core.importing.tables.personal import holds_personal, without_personal
from core.jobs import JobContext
from core.models import AbstractImport
from core.record import changesets, history, undoing
from core.sheets.reading.bounded import check_size, read
from core.sheets.reading.errors import SpreadsheetError
from core.sheets.reading.model import Workbook

LONGEST_NAME = 200
PASTED_NAME = "Texte collé le {day:%d-%m-%Y}.txt"
LARGE = 500  # rows written by an import that is undone in the background
Record = TypeVar("Record", bound=AbstractImport)
Kind = type[FileImport]


class PreviewChanged(UserError):
    """Something moved since the preview: nothing is written. `plan` is what would now become of the file."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(
            "Quelque chose a changé depuis cet aperçu : rien n’a été enregistré. Vérifiez le nouvel aperçu."
        )
        self.plan = plan


# Reading --------------------------------------------------------------------------------------------------------
@transaction.atomic
def receive(kind: Kind, record: Record, content: UploadedFile | str, *, by: Any) -> Record:
    """Keep the file or the pasted text with its digest, and ask for its reading."""
    keep(record, content, by=by)
    return ask_reading(kind, record, by=by)


@transaction.atomic
def keep(record: Record, content: Any, *, by: Any, is_stored: bool = True) -> Record:
    """Keep what was sent, as it was sent, with its digest; the digest alone where it holds personal data."""
    file = content
    if isinstance(content, str):
        file = ContentFile(content.encode(), name=PASTED_NAME.format(day=timezone.localdate()))
        record.source = ImportSource.PASTE
    try:
        check_size(file.size or 0)
    except SpreadsheetError as error:
        raise UserError(f"« {file.name} » : {error.message}", field="file") from error
    record.name = PurePath(file.name or "fichier").name[:LONGEST_NAME]
    record.digest = digest_of_file(file)
    record.file = file if is_stored else ""
    record.sent_by = by
    history.save(record, by=by, reason="Fichier reçu")
    return record


@transaction.atomic
def ask_reading(kind: Kind, record: Record, *, by: Any) -> Record:
    """Have the file read, or read again; never once it is recorded."""
    locked = _locked(record, ImportState.READING, ImportState.PREVIEW)
    locked.state = ImportState.READING
    locked.job = jobs.enqueue(
        f"read_{kind.code}",
        by=by,
        label=f"Lecture de « {locked.name} »"[:200],
        parameters={"pk": locked.pk},
        key=f"read_{kind.code}:{locked.pk}",
    )
    history.save(locked, by=by, fields=["state", "job"])
    record.state, record.job = locked.state, locked.job
    return record


def read_file(kind: Kind, record: Record, *, job: JobContext) -> None:
    """The body of the reading job: bounded reading, first plan; a file in which nothing can be read is refused."""
    job.progress(10, "Lecture du fichier")
    try:
        book = read(record.file.path, name=record.name, encoding=record.choices.get(ENCODING, ""))
        job.progress(50, "Reconnaissance du contenu")
        record.signature = ""
        plan = plan_book(kind, record, book)
    except SpreadsheetError as error:
        _keep_outcome(job, record, state=ImportState.REFUSED, error=placed(error))
        return
    kept = without_personal(book, plan.layout)
    outcome = {"preview": kept.to_json(), "shown": plan.shown, "signature": record.signature}
    if holds_personal(plan.layout):
        outcome |= {"file": "", "shown": plan_book(kind, record, kept).shown}
    _keep_outcome(job, record, state=ImportState.PREVIEW, error="", **outcome)


# Planning -------------------------------------------------------------------------------------------------------
def plan_book(kind: Kind, record: AbstractImport, book: Workbook) -> Plan:
    """What recording the workbook would do: the person's answers over those remembered for its headings.

    The headings are known by a reading without any answer: the same file always finds the same memory.
    """
    if not record.signature:
        plan = _plan(kind(record, Given()), book)
        record.signature = plan.layout.signature
        if not record.choices and not memory.recall(kind, record):
            return plan
    return _plan(kind(record, _given(kind, record)), book)


def plan_of(kind: Kind, record: AbstractImport) -> Plan:
    """What recording the import would do, as it stands now."""
    return plan_book(kind, record, book_of(record))


def book_of(record: AbstractImport) -> Workbook:
    """The workbook of a preview."""
    return Workbook.from_json(record.preview)


def _given(kind: Kind, record: AbstractImport) -> Given:
    return Given(record.choices, memory.recall(kind, record))


def _plan(reader: FileImport, book: Workbook) -> Plan:
    plan = with_file(reader.plan(book), book, reader.given)
    plan.is_skipping = reader.given.chosen.get(SKIP_ERRORS) == "1"
    return plan


# What the person decides ----------------------------------------------------------------------------------------
@transaction.atomic
def choose(kind: Kind, record: Record, chosen: Mapping[str, str], *, by: Any) -> Record:
    """Keep answers, and what the lines then are shown to become; another encoding has the file read again."""
    locked = _locked(record, ImportState.PREVIEW)
    before = locked.choices
    locked.choices = answers.merged(before, chosen)
    reads_again = before.get(ENCODING) != locked.choices.get(ENCODING) and bool(locked.file)
    if not reads_again:
        locked.shown = plan_of(kind, locked).shown
    history.save(locked, by=by, reason="Choix sur l’aperçu", fields=["choices", "shown", *kind.answered])
    return ask_reading(kind, locked, by=by) if reads_again else locked


@transaction.atomic
def forget(kind: Kind, record: Record, *, by: Any) -> Record:
    """Forget what is remembered for the headings of the file, and show what it then becomes."""
    locked = _locked(record, ImportState.PREVIEW)
    memory.forget(kind, locked)
    locked.shown = plan_of(kind, locked).shown
    history.save(locked, by=by, reason="Choix mémorisés oubliés", fields=["shown"])
    return locked


@transaction.atomic
def commit(kind: Kind, record: Record, *, seen: str, by: Any) -> Record:
    """Record the import as it was shown (`seen` is the fingerprint of the page), in one transaction and one changeset.

    PreviewChanged when it would no longer do what was shown; UserError while a question or an error is left.
    """
    locked = _locked(record, ImportState.PREVIEW)
    reader = kind(locked, _given(kind, locked))
    reader.hold()
    plan = _plan(reader, book_of(locked))
    if plan.fingerprint != seen:
        raise PreviewChanged(plan)
    require_ready(plan)
    with changesets.opened() as changeset:
        reader.write(plan, by=by, reason=f"Import de « {locked.name} »")
    rows = {model._meta.label: dict(counts) for model, counts in undoing.touched(changeset).items()}
    locked.recorded_in, locked.counts = changeset, {**plan.counts, "rows": rows}
    locked.state, locked.committed_at = ImportState.COMMITTED, timezone.now()
    written = ["recorded_in", "counts", "state", "committed_at"]
    history.save(locked, by=by, reason="Import enregistré", fields=written)
    memory.remember(kind, locked, plan)
    return locked


def require_ready(plan: Plan) -> None:
    """Refuse, in words, what cannot be recorded as it stands."""
    if plan.open_asks:
        number = len(plan.open_asks)
        raise UserError(f"Il reste {number} question{'s' if number > 1 else ''} à décider : rien n’a été enregistré.")
    if plan.file_errors if plan.is_skipping else plan.errors:
        raise UserError("Rien n’a été enregistré : corrigez le fichier, ou laissez de côté les lignes en erreur.")
    if not plan.kept or plan.changes_nothing:
        raise UserError("Il n’y a rien à enregistrer.")


@transaction.atomic
def record_at_once(kind: Kind, record: Record, file: Any, *, book: Workbook, plan: Plan, by: Any) -> Record:
    """Keep a file and record it as it was just planned, in one transaction: what a command does."""
    kept = without_personal(book, plan.layout)
    record.state, record.preview, record.shown = ImportState.PREVIEW, kept.to_json(), plan.shown
    keep(record, file, by=by, is_stored=not holds_personal(plan.layout))
    return commit(kind, record, seen=plan.fingerprint, by=by)


# Undoing, closing -----------------------------------------------------------------------------------------------
def is_undoable(record: AbstractImport) -> bool:
    """Whether undoing is still offered: recorded, by a changeset, and not longer ago than kept copies are."""
    limit = timezone.now() - timedelta(days=settings.IMPORT_KEPT_DAYS)
    is_recorded = record.state == ImportState.COMMITTED and record.recorded_in is not None
    return is_recorded and record.committed_at is not None and record.committed_at > limit


def ask_undo(kind: Kind, record: Record, *, by: Any, keep_changed: bool = False) -> Record:
    """Undo at once, or in the background when much was written."""
    kept = sum(record.counts.get(fate, 0) for fate in (Fate.CREATED, Fate.CHANGED))  # some arrive without history
    written = max(kept, sum(sum(signs.values()) for signs in record.counts["rows"].values()))
    if written <= LARGE:
        return undo(kind, record, by=by, keep_changed=keep_changed)
    record.job = jobs.enqueue(
        f"undo_{kind.code}",
        by=by,
        label=f"Annulation de « {record.name} »"[:200],
        parameters={"pk": record.pk, "keep_changed": keep_changed},
        key=f"undo_{kind.code}:{record.pk}",
    )
    history.save(record, by=by, fields=["job"])
    return record


@transaction.atomic
def undo(kind: Kind, record: Record, *, by: Any, keep_changed: bool = False) -> Record:
    """Put back everything the import wrote. `undoing.UndoRefused` tells, line by line, what was changed since;
    with `keep_changed` those stay and the rest is undone."""
    locked = _locked(record, ImportState.COMMITTED)
    changeset = locked.recorded_in
    if changeset is None or not is_undoable(locked):
        raise UserError(f"Un import ne s’annule plus au bout de {settings.IMPORT_KEPT_DAYS} jours.")
    reason = f"Annulation de l’import de « {locked.name} »"
    undone = undoing.undo(changeset, by=by, reason=reason, keep_changed=keep_changed, sparing=kind.keeps)
    kind(locked, Given()).after_undo(undone.touched, by=by, reason=reason)
    locked.state, locked.undone_by, locked.undone_at = ImportState.UNDONE, by, timezone.now()
    history.save(locked, by=by, reason="Import annulé", fields=["state", "undone_by", "undone_at"])
    return locked


@transaction.atomic
def abandon(record: Record, *, by: Any) -> Record:
    """Close an import that will not be recorded; nothing was written, its history stays."""
    locked = _locked(record, ImportState.READING, ImportState.PREVIEW)
    locked.state = ImportState.ABANDONED
    history.save(locked, by=by, reason="Import abandonné", fields=["state"])
    return locked


# Details --------------------------------------------------------------------------------------------------------
def placed(error: SpreadsheetError) -> str:
    """The sentence, with the sheet and the cell when they are known."""
    if error.cell and error.cell in error.message:
        return error.message
    places = [f"feuille « {error.sheet} »" if error.sheet else "", f"cellule {error.cell}" if error.cell else ""]
    place = ", ".join(filter(None, places))
    return f"{error.message} ({place})" if place else error.message


def _keep_outcome(job: JobContext, record: AbstractImport, **values: Any) -> None:
    """Write the outcome in the transaction that ends the job: a killed job leaves the import as it was.

    An old reading asked for again leaves alone what was recorded meanwhile.
    """

    def write() -> None:
        if _lock(record).state != ImportState.READING:
            return
        if "file" in values and record.file.name:  # the copy kept is the preview, without what nobody asks for
            transaction.on_commit(partial(record.file.storage.delete, record.file.name))
        for name, value in values.items():
            setattr(record, name, value)
        history.save(record, by=job.requested_by, reason="Fichier lu", fields=list(values))

    job.on_done(write)


_WORDS: dict[str, str] = {
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
        raise UserError(_WORDS[locked.state])
    return locked


def _lock(record: Record) -> Record:
    return type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)
