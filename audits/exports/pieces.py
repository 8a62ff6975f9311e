"""The files of a binder: those of documents and the proofs of actions, each compared with its digest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePath

from actions.models import Proof
from audits.models import Evidence
from core.base.digests import digest_of_chunks
from organisations.models import Unit

GONE, CHANGED = "disparu du disque", "altéré : son empreinte n’est plus celle du jour où il a été reçu"


@dataclass
class Piece:
    """A file of the binder; `content` is empty and `why` says why, when it is not what was received."""

    key: str  # « evidence:12 », « proof:7 »
    name: str
    digest: str
    title: str
    received_on: date
    fact_on: date | None = None
    content: bytes = b""
    why: str = ""

    @property
    def path(self) -> str:
        """Where it stands in the archive: its number keeps two of one name apart."""
        number = self.key.partition(":")[2]
        folder = "pieces" if self.key.startswith("evidence") else "preuves"
        return f"{folder}/{number}-{safe(self.name)}"


@dataclass
class Pieces:
    """All of them, by key."""

    by_key: dict[str, Piece] = field(default_factory=dict)

    @property
    def kept(self) -> list[Piece]:
        return [piece for piece in self.by_key.values() if not piece.why]

    @property
    def refused(self) -> list[Piece]:
        return [piece for piece in self.by_key.values() if piece.why]

    def of_document(self, evidences) -> list[Piece]:
        return [self.by_key[f"evidence:{one.pk}"] for one in evidences if f"evidence:{one.pk}" in self.by_key]


def pieces_of(site: Unit, on: date) -> Pieces:
    """The files that the site had received by a day."""
    return Pieces({piece.key: piece for piece in [*_evidences(site, on), *_proofs(site, on)]})


def safe(name: str) -> str:
    """A name that any system opens: letters, digits, dashes; its end kept."""
    path = PurePath(name)
    stem = re.sub(r"[^\w-]+", "-", path.stem).strip("-")[:60] or "fichier"
    return f"{stem}{path.suffix.lower()}"


def _evidences(site: Unit, on: date) -> Iterator[Piece]:
    rows = Evidence.objects.filter(document__site=site, received_on__lte=on).select_related("document")
    for row in rows.order_by("pk"):
        yield _read(
            Piece(f"evidence:{row.pk}", row.name, row.digest, str(row.document), row.received_on, row.fact_on), row.file
        )


def _proofs(site: Unit, on: date) -> Iterator[Piece]:
    rows = Proof.objects.filter(action__finding__plan__site=site, added_at__date__lte=on)
    for row in rows.select_related("action__finding").order_by("pk"):
        yield _read(Piece(f"proof:{row.pk}", row.name, row.digest, row.action.title, row.added_at.date()), row.file)


def _read(piece: Piece, file) -> Piece:
    try:
        with file.open("rb") as content:
            data = content.read()
    except (FileNotFoundError, ValueError):
        piece.why = GONE
        return piece
    if digest_of_chunks([data]) == piece.digest:
        piece.content = data
    else:
        piece.why = CHANGED
    return piece
