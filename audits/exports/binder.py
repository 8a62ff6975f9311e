"""The auditor's binder: one ZIP that opens without network, as a site stood on a day, with its digests.

Index, a file for each engagement, the register and its files, audits, labels, the plan on the day, its history, the
indicators. Nothing of complainants, of surveys or of training is read.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from actions import as_of
from audits.exports.contents import BinderContent, content_of
from audits.exports.pieces import Piece
from organisations.models import Unit

STYLE = "style.css"
FIXED = (1980, 1, 1, 0, 0, 0)  # the day of each entry: the same content gives the same archive


@dataclass(frozen=True)
class Made:
    """The archive, its digest, how many files it holds, and the files it refused."""

    data: bytes
    digest: str
    entries: int
    refused: list[Piece]


def make(site: Unit, on: date, *, by: Any = None) -> Made:
    """Compose the binder of a site as it stood at the end of a day."""
    content = content_of(site, on)
    files = dict(_files(content))
    files["manifest.json"] = _manifest(content, files, made_at=timezone.now(), by=by)
    files["SHA256SUMS"] = _sums(files)
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(zipfile.ZipInfo(path, FIXED), data, zipfile.ZIP_DEFLATED)
    data = target.getvalue()
    return Made(data, hashlib.sha256(data).hexdigest(), len(files), content.pieces.refused)


def _files(content: BinderContent) -> Iterator[tuple[str, bytes]]:
    """Each path with its bytes."""
    shared = {"content": content, "site": content.site, "on": content.on}
    for path, title, template in PAGES:
        yield path, _page(template, shared | {"title": title, "root": ""})
    for engagement in content.engagements:
        yield (
            engagement.path,
            _page(ENGAGEMENT, shared | {"title": str(engagement), "one": engagement, "root": "../"}),
        )
    yield "plan.json", _json(as_of.printed(content.plan))
    yield "indicateurs.json", _json(content.dashboard)
    yield STYLE, render_to_string("audits/binder/style.css").encode()
    for piece in content.pieces.kept:
        yield piece.path, piece.content


ENGAGEMENT = "audits/binder/engagement.html"
PAGES = (
    ("index.html", "Classeur de l’auditeur", "audits/binder/index.html"),
    ("labels.html", "Labels et audits", "audits/binder/labels.html"),
    ("documents.html", "Documents et pièces", "audits/binder/documents.html"),
    ("plan.html", "Plans d’actions", "audits/binder/plan.html"),
    ("indicateurs.html", "Indicateurs", "audits/binder/indicateurs.html"),
    ("historique.html", "Historique", "audits/binder/historique.html"),
)


def _page(template: str, context: dict[str, Any]) -> bytes:
    return render_to_string(template, context).encode()


def _manifest(content: BinderContent, files: dict[str, bytes], *, made_at: datetime, by: Any) -> bytes:
    return _json(
        {
            "site": content.site.code,
            "name": str(content.site),
            "state_on": content.on.isoformat(),
            "made_at": made_at.isoformat(timespec="seconds"),
            "made_by": str(by) if by else None,
            "plan_digest": as_of.digest(content.plan),
            "files": [
                {"path": path, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                for path, data in files.items()
            ],
            "refused": [{"name": one.name, "document": one.title, "why": one.why} for one in content.pieces.refused],
        }
    )


def _sums(files: dict[str, bytes]) -> bytes:
    """As `sha256sum -c` reads it."""
    return "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in files.items()).encode()


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, default=str).encode()
