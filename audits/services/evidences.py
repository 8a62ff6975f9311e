"""Files of documents: kept under a name of ours, with their digest, the day of the fact and the day received."""

from datetime import date
from typing import IO, cast
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from actions.rules import proof_files
from audits.models import Document, Evidence
from core.base.digests import digest_of_file
from core.base.errors import UserError
from core.record.deeds import Deed, locked

MEGABYTE = 1024 * 1024


def add(
    document: Document,
    *,
    file: UploadedFile,
    by,
    version: str = "",
    fact_on: date | None = None,
    received_on: date | None = None,
    note: str = "",
    reason: str = "",
) -> Evidence:
    """Keep a file of the document. UserError on one too big, of another kind, or already there."""
    name = proof_files.safe_name(file.name or "")
    if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
        raise UserError(f"« {name} » dépasse {settings.UPLOAD_MAX_BYTES // MEGABYTE} Mo.", field="file")
    proof_files.refuse_unsafe(name, cast(IO[bytes], file))
    received = received_on or timezone.localdate()
    if received > timezone.localdate():
        raise UserError("Cette date est à venir.", field="received_on")
    evidence = Evidence(
        document=document,
        file=File(file, name=f"{uuid4().hex}{proof_files.suffix_of(name)}"),
        name=name,
        size=file.size or 0,
        digest=digest_of_file(file),
        version=version.strip(),
        fact_on=fact_on,
        received_on=received,
        note=note.strip(),
        added_by=by,
    )
    try:
        with transaction.atomic():
            evidence.document = locked(document)
            if Evidence.objects.filter(document=document, digest=evidence.digest).exists():
                raise UserError("Ce fichier est déjà joint au document.", field="file")
            return Deed(by, reason or f"Fichier joint : {name}").create([evidence])[0]
    except BaseException:
        _erase(evidence)
        raise


@transaction.atomic
def remove(evidence: Evidence, *, by, reason: str) -> None:
    """Remove a file and erase it; its name, its digest and the reason stay in the history."""
    if not reason.strip():
        raise UserError("Indiquez la raison de la suppression : l’historique la garde.", field="reason")
    Deed(by, reason).delete(locked(evidence))
    transaction.on_commit(lambda: _erase(evidence))


def _erase(evidence: Evidence) -> None:
    evidence.file.storage.delete(str(evidence.file.name))
