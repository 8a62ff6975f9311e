"""Proofs that an action was done: kept under a name of ours, with their digest; removed with a reason."""

from datetime import date
from typing import IO, cast
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from actions.enums import Status
from actions.models import Action, Proof
from actions.rules import proof_files
from actions.services import actions, progress, removal
from core.base.digests import digest_of_file
from core.base.errors import UserError
from core.record.deeds import Deed, locked

MEGABYTE = 1024 * 1024
MOST_PROOFS = 30


def add_proof(action: Action, *, file: UploadedFile, by, note: str = "", reason: str = "") -> Proof:
    """Keep a document as a proof of the action. UserError on one too big, of another kind, or already there."""
    name = proof_files.safe_name(file.name or "")
    _refuse_size(name, file.size or 0)
    proof_files.refuse_unsafe(name, cast(IO[bytes], file))
    proof = Proof(
        action=action,
        name=name,
        size=file.size or 0,
        digest=digest_of_file(file),
        note=note.strip(),
        added_by=by,
        file=_stored(name, file),
    )
    try:
        with transaction.atomic():
            proof.action = locked(action)
            _refuse_again(proof)
            return Deed(by, reason or f"Preuve jointe : {name}").create([proof])[0]
    except BaseException:
        _erase(proof)
        raise


def report_with_proof(
    action: Action, *, by, status: str, file: UploadedFile | None = None, note: str = "", **told
) -> Action:
    """Where the action stands (`progress.report_progress`), with the document that shows it if there is one: both or
    neither."""
    if file is None:
        return _report(action, by=by, status=status, **told)
    proof = None
    try:
        with transaction.atomic():
            proof = add_proof(action, file=file, note=note, by=by)
            return _report(action, by=by, status=status, **told)
    except BaseException:
        if proof is not None:
            _erase(proof)
        raise


def _report(action: Action, *, by, status: str, done_on: date | None = None, comment: str = "", **told) -> Action:
    """Of an action done already, another day or one more note."""
    if status == action.status == Status.DONE and done_on is not None:
        return actions.change_action(action, done_on=done_on, comment=comment.strip() or action.comment, by=by)
    return progress.report_progress(action, by=by, status=status, done_on=done_on, comment=comment, **told)


@transaction.atomic
def remove_proof(proof: Proof, *, by, reason: str) -> None:
    """Remove a proof and erase its file; its name, its digest and the reason stay in the history."""
    removal.refuse_without_reason(reason)
    row = locked(proof)
    Deed(by, reason).delete(row)
    transaction.on_commit(lambda: _erase(proof))


def _stored(name: str, file: UploadedFile) -> File:
    """The file under a name that nobody can guess nor choose."""
    return File(file, name=f"{uuid4().hex}{proof_files.suffix_of(name)}")


def _erase(proof: Proof) -> None:
    proof.file.storage.delete(str(proof.file.name))


def _refuse_size(name: str, size: int) -> None:
    if size > settings.UPLOAD_MAX_BYTES:
        raise UserError(
            f"« {name} » dépasse {settings.UPLOAD_MAX_BYTES // MEGABYTE} Mo : réduisez-le ou joignez-en un extrait.",
            field="file",
        )


def _refuse_again(proof: Proof) -> None:
    others = list(Proof.objects.filter(action=proof.action).order_by("pk"))
    if any(other.digest == proof.digest for other in others):
        raise UserError("Ce document est déjà joint à l’action.", field="file")
    if len(others) >= MOST_PROOFS:
        raise UserError(f"Une action porte au plus {MOST_PROOFS} preuves.", field="file")
