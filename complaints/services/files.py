"""Documents joined to a case: told by their content, PDF, PNG or JPEG, 5 MB at most; kept outside the web root."""

from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from complaints.models import CaseFile, Complaint
from core.base.digests import digest_of_chunks
from core.base.errors import UserError
from core.record import history

LARGEST = 5 * 1024 * 1024
MOST = 5  # documents of a case
_MAGIC = (
    (b"%PDF-", "application/pdf", ".pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
)


def kind_of(content: bytes) -> tuple[str, str] | None:
    """(type, extension) of a content that is kept; None for any other."""
    return next(((kind, suffix) for magic, kind, suffix in _MAGIC if content.startswith(magic)), None)


def why_refused(name: str, content: bytes) -> str:
    """Why a document is not kept; empty when it is."""
    if len(content) > LARGEST:
        return f"« {shown(name)} » dépasse 5 Mo."
    if kind_of(content) is None:
        return f"« {shown(name)} » n’est ni un PDF, ni une image PNG ou JPEG."
    return ""


@transaction.atomic
def join(case: Complaint, name: str, content: bytes, *, by: Any) -> CaseFile:
    """Keep a document of a case, under the extension of what it is. UserError on what is not kept."""
    kind = kind_of(content)
    if why := why_refused(name, content):
        raise UserError(why, field="files")
    if case.files.count() >= MOST:
        raise UserError(f"{MOST} documents au plus par dossier.", field="files")
    assert kind is not None
    content_type, suffix = kind
    file = CaseFile(
        complaint=case,
        name=f"{PurePath(shown(name)).stem or 'document'}{suffix}",
        content_type=content_type,
        size=len(content),
        digest=digest_of_chunks([content]),
        added_on=timezone.localdate(),
    )
    file.file.save(f"{case.reference}{suffix}", ContentFile(content), save=False)
    history.save(file, by=by, reason="Document joint")
    return file


def shown(name: str) -> str:
    """The name without path nor control character."""
    bare = PurePath(name.replace("\\", "/")).name
    return "".join(one for one in bare if one.isprintable()).strip(" .")[-120:] or "document"
